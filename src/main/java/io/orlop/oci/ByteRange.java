package io.orlop.oci;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Range} header asks of content whose size is known.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.2">RFC 9110, Range</a>
 */
public sealed interface ByteRange {
  /**
   * How many ranges one header may name before it is ignored, as it asks for work, not for bytes.
   */
  int MAX_PARTS = 16;

  /** Everything: there is no header, or one that RFC 9110 lets a server ignore. */
  record Whole() implements ByteRange {}

  /** None of the ranges holds a byte of the content, or one ends before it starts: status 416. */
  record Unsatisfiable() implements ByteRange {}

  /**
   * One or several parts: status 206.
   *
   * @param parts the parts, at least one, none overlapping another
   */
  record Parts(List<Part> parts) implements ByteRange {
    public Parts {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Some bytes in a row.
   *
   * @param offset the offset of the first byte
   * @param length the number of bytes, at least 1
   */
  record Part(long offset, long length) {

    /** Returns the offset of the last byte, inclusive. */
    public long last() {
      return offset + length - 1;
    }
  }

  /**
   * Reads the header.
   *
   * <p>Ranges are clipped at the end of the content and those that hold no byte of it are dropped.
   * The rest keep their order, since clients match parts to what they asked by it; only where two
   * overlap all are sorted and joined. An unknown unit, broken syntax and more than {@value
   * #MAX_PARTS} ranges mean the whole content.
   *
   * @param header the header's value, null if the request has none
   * @param size the size of the content in bytes
   */
  static ByteRange parse(@Nullable String header, long size) {
    return header == null ? new Whole() : new RangeHeader(size).read(header);
  }
}
