package io.orlop.system.postgres;

import io.orlop.system.StartRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one of the operating system's programs to its end, with a small environment of its own. */
final class Command {
  private final Path workingFolder;
  private String input = "";

  Command(Path workingFolder) {
    this.workingFolder = workingFolder;
  }

  /**
   * What came of it.
   *
   * @param exitCode the program's exit code
   * @param output all that it wrote
   */
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** Gives the program something to read. */
  Command reading(String text) {
    input = text;
    return this;
  }

  /**
   * Runs the program.
   *
   * @param slow called again and again while the program has not ended, every ten seconds
   */
  Outcome run(List<String> words, Runnable slow) {
    try {
      // A file, not a pipe: programs that go on in the background would keep a pipe open.
      Path output = Files.createTempFile("orlop-", ".out");
      try {
        Process process = start(words, output);
        while (!process.waitFor(10, TimeUnit.SECONDS)) {
          slow.run();
        }
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new StartRefusedException("Cannot run " + words.getFirst() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefusedException("Interrupted while running " + words.getFirst(), e);
    }
  }

  /** Runs a program that ends by itself within seconds. */
  Outcome run(List<String> words) {
    return run(words, () -> {});
  }

  private Process start(List<String> words, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(workingFolder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    // PGDATA, PGOPTIONS and their like are meant for somebody else's PostgreSQL.
    environment.clear();
    environment.put("PATH", path + ":/usr/sbin:/sbin");
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    Process process = builder.start();
    try (var stream = process.outputWriter(StandardCharsets.UTF_8)) {
      stream.write(input);
    } catch (IOException e) {
      // The program ended without reading: its exit code says more than the broken pipe.
      if (process.isAlive()) {
        throw e;
      }
    }
    return process;
  }
}
