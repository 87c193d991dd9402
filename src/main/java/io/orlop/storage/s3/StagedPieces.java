package io.orlop.storage.s3;

import io.orlop.storage.RunningDigests;
import io.orlop.storage.StorageException;
import io.orlop.storage.s3.Bucket.Stay;
import io.orlop.storage.s3.PartBuffers.PartBuffer;
import io.orlop.storage.s3.Pieces.Piece;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The pieces of one upload: those that were acknowledged, and those that came since. What is
 * deleted here and cannot be is left to the job that looks for leftovers.
 */
final class StagedPieces {
  private static final Logger LOG = Logger.getLogger(StagedPieces.class);
  private static final SecureRandom NAMES = new SecureRandom();
  private static final int BASE_36 = 36;

  /** So many superseded pieces are kept, and no more than the next number. */
  private static final int SUPERSEDED_KEPT = 8;

  private static final int SUPERSEDED_MOST = 32;

  private final S3Parts parts;
  private final UUID upload;
  private final Assembly assembly;
  private Pieces acknowledged;
  private Pieces now;

  StagedPieces(S3Parts parts, UUID upload, Pieces acknowledged) {
    this.parts = parts;
    this.upload = upload;
    this.assembly = new Assembly(parts, upload);
    this.acknowledged = acknowledged;
    this.now = acknowledged;
  }

  /**
   * Makes a name that no other piece has: of two replicas that write to one upload by mistake,
   * neither overwrites what the other has acknowledged.
   */
  static String newName() {
    return Long.toUnsignedString(NAMES.nextLong(), BASE_36);
  }

  boolean isEmpty() {
    return now.current().isEmpty();
  }

  long size() {
    return now.size();
  }

  /** Sees that the pieces are there; asks for the last one alone, since they go together. */
  void require(long size) {
    if (now.size() != size || (size > 0 && !isThere(now.current().getLast()))) {
      throw new StorageException(
          StorageException.Kind.NOT_FOUND,
          "The pieces of upload "
              + upload
              + " are gone, of which "
              + size
              + " bytes were"
              + " acknowledged: begin the upload again.",
          null);
    }
  }

  private boolean isThere(Piece piece) {
    return parts.bucket().size(key(piece.name())).equals(OptionalLong.of(piece.size()));
  }

  void add(Piece piece) {
    now = now.with(piece);
  }

  /** Puts a last piece that is too short to be a part at the beginning of the next one. */
  void takeShortTail(PieceWriter next) {
    if (isEmpty() || now.current().getLast().size() >= parts.sizes().least()) {
      return;
    }
    Piece tail = now.current().getLast();
    PartBuffer buffer = next.buffer();
    parts.bucket().read(key(tail.name()), buffer.bytes(), (int) tail.size());
    buffer.added((int) tail.size());
    now = now.withoutLast();
  }

  /** Keeps the number of pieces, and so what is recorded of them, within bounds. */
  void joinIfTooMany() {
    if (now.current().size() > parts.sizes().pieces()) {
      Piece whole = new Piece(newName(), now.size());
      assembly.assemble(now.current(), key(whole.name()), Stay.SHORT);
      now = now.joined(whole);
    }
  }

  void assemble(String target) {
    assembly.assemble(now.current(), target, Stay.LONG);
  }

  void readInto(RunningDigests digests) {
    for (Piece piece : now.current()) {
      ObjectStream.readAll(
          new ObjectStream(parts.bucket(), key(piece.name()), 0, piece.size()),
          (bytes, from, count) -> digests.update(ByteBuffer.wrap(bytes, from, count)));
    }
  }

  /** Returns what to record. */
  String acknowledge() {
    List<String> superseded = acknowledged.superseded();
    if (superseded.size() > SUPERSEDED_MOST) {
      List<String> old = superseded.subList(0, superseded.size() - SUPERSEDED_KEPT);
      delete(Set.copyOf(old));
      now = now.forget(old);
    }
    acknowledged = now;
    return now.text();
  }

  /** Drops what came since the last acknowledgement. */
  void rollBack() {
    Set<String> dropped = new LinkedHashSet<>(now.names());
    acknowledged.names().forEach(dropped::remove);
    now = acknowledged;
    delete(dropped);
  }

  void deleteAll() {
    Set<String> names = new LinkedHashSet<>(acknowledged.names());
    names.addAll(now.names());
    delete(names);
  }

  private void delete(Set<String> names) {
    if (names.isEmpty()) {
      return;
    }
    try {
      parts.bucket().delete(names.stream().map(this::key).toList());
    } catch (StorageException e) {
      LOG.debugf(e, "Pieces of upload %s stay for the job that looks for leftovers", upload);
    }
  }

  private String key(String name) {
    return parts.layout().piece(upload, name);
  }
}
