package io.orlop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Random;
import java.util.stream.Stream;

/** The machine that everything runs on. */
final class Machine {
  private static final int MIB = 1024 * 1024;
  private static final int WARM_UP_MIB = 512;
  private static final int SECTOR = 512;

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

  /**
   * Hashes 1 GiB of random bytes on one core by the JDK, as Orlop does, once it is warm: MiB a
   * second.
   */
  static double sha256MibPerSecond() {
    byte[] bytes = new byte[MIB];
    new Random(1).nextBytes(bytes);
    MessageDigest digest = Payload.sha256();
    for (int i = 0; i < WARM_UP_MIB; i++) {
      digest.update(bytes);
    }
    digest.reset();
    long begun = System.nanoTime();
    for (int i = 0; i < 1024; i++) {
      digest.update(bytes);
    }
    digest.digest();
    return 1024 / Server.secondsSince(begun);
  }

  /** How many bytes the disk under a folder has written since the machine started. */
  static long writtenBytes(Path folder) throws IOException, InterruptedException {
    Path stat = Path.of("/sys/dev/block", SlowDisk.device(folder), "stat");
    return Long.parseLong(Files.readString(stat).strip().split("\\s+", -1)[6]) * SECTOR;
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
