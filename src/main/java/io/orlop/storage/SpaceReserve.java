package io.orlop.storage;

import io.quarkus.runtime.configuration.MemorySizeConverter;

/**
 * How much of a volume uploads leave free. The larger of the two parts counts.
 *
 * @param bytes the least number of bytes
 * @param percent the least share of the volume, 0 to 100
 */
public record SpaceReserve(long bytes, double percent) {
  public SpaceReserve {
    if (bytes < 0 || !(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException(
          "A reserve is at least 0 bytes and 0 to 100 %, not " + bytes + " and " + percent + " %");
    }
  }

  /**
   * Parses a setting: sizes such as {@code 512M} or {@code 1G} and shares such as {@code 2%},
   * separated by commas; the largest counts. {@code 0} reserves nothing.
   *
   * @throws IllegalArgumentException if a part is neither
   */
  public static SpaceReserve of(String text) {
    SpaceReserve reserve = new SpaceReserve(0, 0);
    for (String part : text.split(",", -1)) {
      reserve = reserve.orLarger(parsePart(part.strip()));
    }
    return reserve;
  }

  private static SpaceReserve parsePart(String part) {
    return part.endsWith("%")
        ? new SpaceReserve(0, percent(part))
        : new SpaceReserve(size(part), 0);
  }

  private SpaceReserve orLarger(SpaceReserve other) {
    return new SpaceReserve(Math.max(bytes, other.bytes), Math.max(percent, other.percent));
  }

  private static double percent(String value) {
    try {
      return Double.parseDouble(value.substring(0, value.length() - 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Not a share of a volume such as 2%: " + value, e);
    }
  }

  private static long size(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("Expected a size such as 1G or a share such as 2%");
    }
    return new MemorySizeConverter().convert(value).asLongValue();
  }

  /** Returns the reserve in bytes on a volume of this many bytes. */
  public long on(long volume) {
    return Math.max(bytes, (long) (volume * (percent / 100)));
  }
}
