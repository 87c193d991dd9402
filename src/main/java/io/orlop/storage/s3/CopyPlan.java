package io.orlop.storage.s3;

import io.orlop.storage.s3.Pieces.Piece;
import java.util.ArrayList;
import java.util.List;

/** Says by which copies pieces become one object. Every piece but the last is large enough. */
record CopyPlan(List<Part> parts) {

  /**
   * One copy, which becomes one part.
   *
   * @param piece the name of the piece
   * @param offset the first byte of it
   * @param length how many bytes
   */
  record Part(String piece, long offset, long length) {}

  /** Cuts large pieces into copies of about the same size. */
  static CopyPlan of(List<Piece> pieces, PartSizes sizes) {
    long total = pieces.stream().mapToLong(Piece::size).sum();
    long most = Math.max(sizes.copy(), ceil(total, Math.max(1, sizes.parts() - pieces.size())));
    List<Part> parts = new ArrayList<>();
    for (Piece piece : pieces) {
      long count = ceil(piece.size(), most);
      long length = ceil(piece.size(), count);
      for (long offset = 0; offset < piece.size(); offset += length) {
        parts.add(new Part(piece.name(), offset, Math.min(length, piece.size() - offset)));
      }
    }
    return new CopyPlan(List.copyOf(parts));
  }

  private static long ceil(long value, long divisor) {
    return Math.ceilDiv(value, divisor);
  }
}
