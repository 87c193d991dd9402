package io.orlop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.stream.Stream;

/** The machine that everything runs on. */
final class Machine {
  private static final int MIB = 1024 * 1024;

  private Machine() {}

  /** What a reader has to know of it. */
  static String describe(Path folder) throws IOException, InterruptedException {
    String cpu = field(Path.of("/proc/cpuinfo"), "model name");
    long memory =
        Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D+", ""));
    return "%d cores of %s, %.0f GiB of memory, Linux %s, %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            cpu,
            memory / 1024.0 / 1024.0,
            System.getProperty("os.version"),
            Shell.output("stat", "-f", "-c", "%T", folder.toString()));
  }

  /** Writes back what earlier samples have left dirty, so that nobody else pays for it. */
  static void sync(Path folder) throws IOException, InterruptedException {
    Shell.output("sync", "-f", folder.toString());
  }

  /** Writes 1 GiB and syncs it, as the disk can do it now: MiB a second. */
  static double writeMibPerSecond(Path folder) throws IOException, InterruptedException {
    sync(folder);
    Path file = folder.resolve("dd");
    long begun = System.nanoTime();
    Shell.output("dd", "if=/dev/zero", "of=" + file, "bs=1M", "count=1024", "conv=fsync");
    double seconds = Server.secondsSince(begun);
    Files.delete(file);
    sync(folder);
    return 1024 / seconds;
  }

  /** Hashes 1 GiB on one core by the JDK: MiB a second. */
  static double sha256MibPerSecond() {
    byte[] bytes = new byte[MIB];
    MessageDigest digest = Payload.sha256();
    long begun = System.nanoTime();
    for (int i = 0; i < 1024; i++) {
      digest.update(bytes);
    }
    digest.digest();
    return 1024 / Server.secondsSince(begun);
  }

  private static String field(Path file, String name) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }
}
