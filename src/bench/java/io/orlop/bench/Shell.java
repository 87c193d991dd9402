package io.orlop.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the machine. */
final class Shell {
  private Shell() {}

  /** Runs a program and returns what it printed. */
  static String output(String... words) throws IOException, InterruptedException {
    return output(Map.of(), List.of(words));
  }

  /** Runs a program with some more variables and returns what it printed. */
  static String output(Map<String, String> variables, List<String> words)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", words) + " failed: " + output);
    }
    return output;
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Looks for a program where a shell would, where root's programs are and among our tools. */
  static Optional<Path> find(String program) {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home"), ".cache");
    Path tools = cache == null || cache.isEmpty() ? home : Path.of(cache);
    Stream<Path> path =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(Path::of);
    return Stream.of(
            Stream.of(tools.resolve("orlop/tools/bin")),
            path,
            Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin").map(Path::of))
        .flatMap(folders -> folders)
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
