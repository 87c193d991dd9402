package io.orlop.storage.filesystem;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.platform.stream.PieceSource;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.RunningDigests;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageKey;
import io.orlop.storage.UploadDigests;
import io.orlop.storage.filesystem.Disk.Lane;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes one upload into its staged file. */
final class FilesystemBlobWriter implements BlobWriter {
  private static final SecureRandom GENERATIONS = new SecureRandom();
  private static final int BASE_36 = 36;

  private final StoreParts parts;
  private final UUID upload;
  private final StagedFile file;

  private final UploadDigests digests;
  private boolean ended;

  private FilesystemBlobWriter(
      StoreParts parts, StagedUpload upload, StagedFile file, @Nullable RunningDigests running) {
    this.parts = parts;
    this.upload = upload.id();
    this.file = file;
    this.digests = new UploadDigests(upload, running, parts.parked(), file::readInto);
  }

  /** Begins an upload. */
  static FilesystemBlobWriter begin(StoreParts parts, UUID upload, Set<DigestAlgorithm> wanted) {
    StagedFile file = new StagedFile(parts, parts.folders().staged(upload), 0);
    return new FilesystemBlobWriter(
        parts, new StagedUpload(upload, 0, Map.of()), file, new RunningDigests(wanted));
  }

  /**
   * Goes on with an upload.
   *
   * @param file has as many bytes as were acknowledged
   */
  static FilesystemBlobWriter goOn(StoreParts parts, StagedUpload upload, StagedFile file) {
    return new FilesystemBlobWriter(parts, upload, file, parts.parked().take(upload).orElse(null));
  }

  @Override
  public long offset() {
    return file.length();
  }

  @Override
  public long append(InputStream body) throws IOException {
    requireOpen();
    PieceSource pieces = StreamPieces.of(body);
    if (file.length() > 0 && !pieces.awaitPiece()) {
      return 0; // Nothing to hash, so that what was staged before need not be read again.
    }
    RunningDigests running = digests.running(Set.of());
    long before = file.length();
    do {
      file.append(pieces, running);
    } while (pieces.awaitPiece());
    return file.length() - before;
  }

  @Override
  public StagedUpload state() {
    requireOpen();
    // Not synced: what a power cut takes of these bytes, their digest will tell.
    return new StagedUpload(upload, file.length(), digests.record());
  }

  @Override
  public boolean matches(Digest digest) {
    requireOpen();
    return digests.matches(digest);
  }

  @Override
  public StorageKey commit(Digest digest) {
    if (!matches(digest)) {
      throw new IllegalArgumentException("The upload " + upload + " is not " + digest);
    }
    StorageKey key = StorageKey.of(digest, newGeneration());
    parts.blobs().publish(file, key);
    end();
    return key;
  }

  /** Makes the staged bytes, which have its digest, the blob of a key that is known already. */
  void commitAs(StorageKey key) {
    parts.blobs().replace(file, key);
    end();
  }

  private void end() {
    ended = true;
    digests.forget();
    file.close();
  }

  private static String newGeneration() {
    return Long.toUnsignedString(GENERATIONS.nextLong(), BASE_36);
  }

  @Override
  public void cancel() {
    if (ended) {
      return;
    }
    ended = true;
    file.close();
    digests.forget();
    deleteStaged();
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    file.close();
    if (file.lost()) {
      // The kernel takes lost bytes for written, and would serve and sync them without a word.
      deleteStaged();
    } else {
      digests.park();
    }
  }

  private void deleteStaged() {
    parts.disk().call(Lane.WRITE, "delete", file.path(), () -> parts.files().delete(file.path()));
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("The writer of upload " + upload + " has ended");
    }
  }
}
