package io.orlop.storage.s3;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.RunningDigests;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageKey;
import io.orlop.storage.UploadDigests;
import io.orlop.storage.s3.Bucket.Stay;
import io.orlop.storage.s3.PartBuffers.PartBuffer;
import io.orlop.storage.s3.Pieces.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
  private final UploadDigests digests;
  private long acknowledged;
  private @Nullable PieceWriter open;
  private boolean ended;
  private boolean committed;

  private S3BlobWriter(S3Parts parts, StagedUpload recorded, @Nullable RunningDigests running) {
    this.parts = parts;
    this.upload = recorded.id();
    this.staged = new StagedPieces(parts, upload, Pieces.parse(recorded.driverState()));
    this.acknowledged = recorded.offset();
    this.digests = new UploadDigests(recorded, running, parts.parked(), this::readInto);
  }

  /** Begins an upload. */
  static S3BlobWriter begin(S3Parts parts, UUID upload, Set<DigestAlgorithm> wanted) {
    return new S3BlobWriter(
        parts, new StagedUpload(upload, 0, Map.of()), new RunningDigests(wanted));
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
    RunningDigests running = digests.running(Set.of());
    long before = offset();
    try {
      while (next >= 0) {
        next = appendPart((byte) next, body, running);
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
  private int appendPart(byte first, InputStream body, RunningDigests running) throws IOException {
    PieceWriter piece = piece();
    PartBuffer buffer = piece.buffer();
    byte[] bytes = buffer.bytes();
    bytes[buffer.length()] = first;
    int count = 1;
    while (count >= 0) {
      running.update(ByteBuffer.wrap(bytes, buffer.length(), count));
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
    acknowledged = offset();
    return new StagedUpload(upload, acknowledged, digests.record(), staged.acknowledge());
  }

  @Override
  public boolean matches(Digest digest) {
    requireOpen();
    return digests.matchesRecorded(digest);
  }

  private void readInto(RunningDigests all) {
    seal();
    staged.readInto(all);
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
    digests.forget();
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
    if (offset() != acknowledged) {
      rollBack();
    }
    ended = true;
    digests.park();
  }

  /** Goes back to what was acknowledged last. */
  private void rollBack() {
    PieceWriter piece = open;
    open = null;
    if (piece != null) {
      piece.abort();
    }
    staged.rollBack();
    digests.rollBack();
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("The writer of upload " + upload + " has ended");
    }
  }
}
