package io.orlop.storage.s3;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.RunningDigests;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageKey;
import io.orlop.storage.s3.Bucket.Stay;
import io.orlop.storage.s3.PartBuffers.PartBuffer;
import io.orlop.storage.s3.Pieces.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes one upload as pieces. What was not acknowledged by {@link #state} is dropped when the
 * store fails or the writer is closed.
 */
final class S3BlobWriter implements BlobWriter {
  private static final byte[] NOTHING = {};

  private final S3Parts parts;
  private final UUID upload;
  private final StagedPieces staged;
  private StagedUpload recorded;
  private @Nullable RunningDigests running;
  private @Nullable PieceWriter open;
  private boolean ended;
  private boolean committed;

  private S3BlobWriter(S3Parts parts, StagedUpload recorded, @Nullable RunningDigests running) {
    this.parts = parts;
    this.upload = recorded.id();
    this.staged = new StagedPieces(parts, upload, Pieces.parse(recorded.driverState()));
    this.recorded = recorded;
    this.running = running;
  }

  /** Begins an upload. */
  static S3BlobWriter begin(S3Parts parts, UUID upload, Set<DigestAlgorithm> wanted) {
    RunningDigests digests = new RunningDigests(wanted);
    return new S3BlobWriter(parts, new StagedUpload(upload, 0, digests.soFar()), digests);
  }

  /**
   * Goes on with an upload.
   *
   * @throws StorageException of kind {@code NOT_FOUND} if its pieces are not there
   */
  static S3BlobWriter goOn(S3Parts parts, StagedUpload upload) {
    S3BlobWriter writer = new S3BlobWriter(parts, upload, parts.parked().take(upload).orElse(null));
    writer.staged.require(upload.offset());
    return writer;
  }

  @Override
  public long offset() {
    PieceWriter piece = open;
    return staged.size() + (piece == null ? 0 : piece.length());
  }

  @Override
  public long append(InputStream body) throws IOException {
    requireOpen();
    int next = body.read();
    if (next < 0) {
      return 0; // Nothing to hash, so that what was staged before need not be read again.
    }
    RunningDigests digests = running(Set.of());
    long before = offset();
    try {
      while (next >= 0) {
        next = appendPart((byte) next, body, digests);
      }
    } catch (RuntimeException e) {
      rollBack();
      throw e;
    }
    return offset() - before;
  }

  /**
   * Fills a buffer and sends it on. Waits for the client's next byte only when it holds no buffer
   * that others may be waiting for, or one that has bytes in it already.
   *
   * @param first a byte that was read already
   * @return the byte after the buffer's; -1 at the body's end
   */
  private int appendPart(byte first, InputStream body, RunningDigests digests) throws IOException {
    PieceWriter piece = piece();
    PartBuffer buffer = piece.buffer();
    byte[] bytes = buffer.bytes();
    bytes[buffer.length()] = first;
    int count = 1;
    while (count >= 0) {
      digests.update(bytes, buffer.length(), count);
      buffer.added(count);
      if (buffer.room() == 0) {
        piece.flush();
        if (piece.isFull()) {
          seal();
        }
        return body.read();
      }
      count = body.read(bytes, buffer.length(), buffer.room());
    }
    return -1;
  }

  /** Returns the piece that grows. A short one before it could be no part, and is taken along. */
  private PieceWriter piece() {
    PieceWriter now = open;
    if (now != null) {
      return now;
    }
    String name = StagedPieces.newName();
    PieceWriter begun = new PieceWriter(parts, name, parts.layout().piece(upload, name));
    open = begun;
    staged.takeShortTail(begun);
    return begun;
  }

  private void seal() {
    PieceWriter piece = open;
    if (piece != null && piece.length() > 0) {
      Piece done = piece.finish();
      open = null;
      staged.add(done);
    }
  }

  @Override
  public StagedUpload state() {
    requireOpen();
    try {
      seal();
      staged.joinIfTooMany();
    } catch (RuntimeException e) {
      rollBack();
      throw e;
    }
    RunningDigests digests = running;
    recorded =
        new StagedUpload(
            upload,
            offset(),
            digests == null ? recorded.digests() : digests.soFar(),
            staged.acknowledge());
    return recorded;
  }

  @Override
  public boolean matches(Digest digest) {
    requireOpen();
    Digest known =
        running == null && recorded.digests().containsKey(digest.algorithm())
            ? recorded.digests().get(digest.algorithm())
            : running(Set.of(digest.algorithm())).soFar().get(digest.algorithm());
    return digest.equals(known);
  }

  /** Returns the running digests, if need be after reading the staged bytes again. */
  private RunningDigests running(Set<DigestAlgorithm> wanted) {
    RunningDigests now = running;
    if (now != null && now.algorithms().containsAll(wanted)) {
      return now;
    }
    Map<DigestAlgorithm, Digest> before = now == null ? recorded.digests() : now.soFar();
    Set<DigestAlgorithm> algorithms = EnumSet.of(DigestAlgorithm.SHA256);
    algorithms.addAll(before.keySet());
    algorithms.addAll(wanted);
    RunningDigests again = new RunningDigests(algorithms);
    seal();
    staged.readInto(again);
    if (!again.soFar().entrySet().containsAll(before.entrySet())) {
      throw new StorageException(
          StorageException.Kind.NOT_FOUND,
          "The pieces of upload " + upload + " are not what arrived: begin the upload again.",
          null);
    }
    running = again;
    return again;
  }

  @Override
  public StorageKey commit(Digest digest) {
    StorageKey key = StorageKey.of(digest, StagedPieces.newName());
    commitTo(key);
    return key;
  }

  /** Makes the staged bytes a blob of a given key, which names their digest. */
  void commitTo(StorageKey key) {
    if (!matches(key.digest())) {
      throw new IllegalArgumentException("The upload " + upload + " is not " + key.digest());
    }
    String target = parts.layout().blob(key);
    PieceWriter piece = open;
    if (!staged.isEmpty() || (piece != null && !piece.isInMemory())) {
      seal();
      staged.assemble(target);
    } else if (piece == null) {
      parts.bucket().put(target, NOTHING, 0, Stay.LONG);
    } else {
      piece.store(target, Stay.LONG);
    }
    end();
    committed = true;
  }

  @Override
  public void cancel() {
    if (!ended) {
      rollBack();
      end();
      staged.deleteAll();
    }
  }

  private void end() {
    ended = true;
    open = null;
    parts.parked().forget(upload);
  }

  /**
   * Lets go. The pieces of a blob are kept until here: when the process dies before the blob is
   * linked, another one can still end the upload.
   */
  @Override
  public void close() {
    if (committed) {
      committed = false;
      staged.deleteAll();
    }
    if (ended) {
      return;
    }
    if (offset() != recorded.offset()) {
      rollBack();
    }
    ended = true;
    RunningDigests digests = running;
    if (digests != null) {
      parts.parked().park(upload, digests);
    }
  }

  /** Goes back to what was acknowledged last. */
  private void rollBack() {
    PieceWriter piece = open;
    open = null;
    if (piece != null) {
      piece.abort();
    }
    staged.rollBack();
    running = null;
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("The writer of upload " + upload + " has ended");
    }
  }
}
