package io.orlop.oci;

import java.util.regex.Pattern;

/**
 * The bytes of an upload that one chunk holds: the {@code Content-Range} of a {@code PATCH} or
 * {@code PUT}, such as {@code 0-1023}. An empty chunk has no such range.
 *
 * @param start the offset of the first byte
 * @param end the offset of the last byte, inclusive, not before the start
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks">distribution-spec,
 *     pushing a blob in chunks</a>
 */
public record ContentRange(long start, long end) {
  private static final Pattern GRAMMAR =
      Pattern.compile("(?:bytes )?([0-9]++)-([0-9]++)(?:/(?:[0-9]++|\\*))?");

  /**
   * Checks the order of the ends.
   *
   * @throws InvalidRangeException if the start is negative or after the end
   */
  public ContentRange {
    if (start < 0 || end < start || end == Long.MAX_VALUE) {
      throw new InvalidRangeException(start + "-" + end, "expected <start>-<end> in order");
    }
  }

  /**
   * Parses the header. Besides the specification's {@code <start>-<end>} the form of RFC 9110,
   * {@code bytes <start>-<end>/<total>}, is understood; the total is not looked at.
   *
   * @throws InvalidRangeException if the text has neither form, an offset is too large, or the
   *     range ends before it starts
   */
  public static ContentRange parse(String text) {
    var match = GRAMMAR.matcher(text);
    if (!match.matches()) {
      throw new InvalidRangeException(text, "expected <start>-<end>");
    }
    try {
      return new ContentRange(Long.parseLong(match.group(1)), Long.parseLong(match.group(2)));
    } catch (NumberFormatException e) {
      throw new InvalidRangeException(text, "the offset is too large", e);
    }
  }

  /** Returns how many bytes the range holds, at least 1. */
  public long length() {
    return end - start + 1;
  }

  /** Writes the specification's form, {@code <start>-<end>}. */
  @Override
  public String toString() {
    return start + "-" + end;
  }
}
