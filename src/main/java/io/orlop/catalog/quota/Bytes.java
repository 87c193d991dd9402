package io.orlop.catalog.quota;

import java.util.List;
import java.util.Locale;

/** Writes numbers of bytes as Harbor does: {@code 5.0 MiB}. */
final class Bytes {
  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
  private static final int STEP = 1024;

  private Bytes() {}

  static String text(long bytes) {
    if (Math.abs(bytes) < STEP) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (Math.abs(value) >= STEP && unit < UNITS.size() - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
  }
}
