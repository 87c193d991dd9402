package io.orlop.testsupport.clients;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that {@code src/test/tools/install} installs.
 *
 * @param name the command
 * @param executable where it was found
 */
public record ClientTool(String name, Path executable) {

  /** The optional tools that were not there, one a line; {@code report-missing} prints it. */
  private static final Path MISSING = Path.of("target", "missing-clients.txt");

  /** Finds a tool; where there is none the test fails in CI and is skipped elsewhere. */
  public static ClientTool required(String name) {
    Optional<ClientTool> found = find(name);
    if (found.isEmpty()) {
      unavailable(name + " is not installed: run src/test/tools/install");
    }
    return found.orElseThrow();
  }

  /** Finds a tool that may be missing in CI too: the test is skipped and the tool is reported. */
  public static ClientTool optional(String name) {
    Optional<ClientTool> found = find(name);
    report(name, found.isEmpty());
    Assumptions.assumeTrue(found.isPresent(), () -> name + " is not installed (optional)");
    return found.orElseThrow();
  }

  /** Fails in CI, where everything has to be there, and skips the test elsewhere. */
  public static void unavailable(String why) {
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      Assertions.fail(why);
    }
    Assumptions.abort(why);
  }

  /** Tells whether a tool is there, for tests that can do without it. */
  public static boolean isInstalled(String name) {
    return find(name).isPresent();
  }

  /** Goes on only as root on Linux: daemons, mounts and network namespaces need it. */
  public static void requireRoot() {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (!root || !"Linux".equals(System.getProperty("os.name"))) {
      unavailable("This test needs root on Linux");
    }
  }

  /** The folders that are searched, in the form of a {@code PATH}. */
  static String searchPath() {
    return cache().resolve("bin")
        + File.pathSeparator
        + System.getenv().getOrDefault("PATH", "/usr/bin:/bin")
        + ":/usr/local/sbin:/usr/sbin:/sbin";
  }

  private static Path cache() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path caches =
        configured == null || configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return caches.resolve("orlop").resolve("tools");
  }

  private static Optional<ClientTool> find(String name) {
    return Stream.of(searchPath().split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(executable -> new ClientTool(name, executable));
  }

  private static synchronized void report(String name, boolean missing) {
    try {
      Set<String> names = new TreeSet<>();
      if (Files.exists(MISSING)) {
        names.addAll(Files.readAllLines(MISSING, StandardCharsets.UTF_8));
      }
      boolean changed = missing ? names.add(name) : names.remove(name);
      if (changed) {
        Files.createDirectories(MISSING.toAbsolutePath().getParent());
        Files.write(MISSING, names, StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
