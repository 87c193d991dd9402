package io.orlop.bench;

import java.io.IOException;
import java.nio.file.Path;

/** What the machine itself can do in the minute of the large pushes. */
final class Baseline {
  static final String ROW = "the machine itself";
  static final String DISK = "dd from /dev/zero with conv=fsync";
  static final String SHA256 = "SHA-256 of the JDK on one core";

  private Baseline() {}

  /** Measures both; the figure has the name of the pushes' one, which it is compared with. */
  static void measure(Path folder, Results results) throws IOException, InterruptedException {
    double disk = Machine.writeMibPerSecond(folder);
    results.add(ROW, DISK, new Figure("throughput", Unit.MIB_PER_SECOND, disk));
    double hash = Machine.sha256MibPerSecond();
    results.add(ROW, SHA256, new Figure("throughput", Unit.MIB_PER_SECOND, hash));
  }
}
