package io.orlop.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.testsupport.OrlopServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with the real package and a real JDK; what it decides is LauncherTest's matter. */
class QuickStartIT {
  private static final Duration TRAINING = Duration.ofMinutes(5);

  @TempDir Path folder;

  private Path launcher;
  private Path cache;

  @BeforeEach
  void makeCloneWithPackage() throws IOException {
    launcher = Files.copy(Path.of("orlop"), folder.resolve("orlop"));
    Path target = Files.createDirectory(folder.resolve("target"));
    Files.copy(Path.of("target/orlop-runner.jar"), target.resolve("orlop-runner.jar"));
    cache = target.resolve("orlop.aot");
  }

  @AfterEach
  void awaitQuiet() {
    FakeClone.awaitQuiet(folder);
  }

  @Test
  void takesClassesFromACacheThatFitsAndMakesOneThatDoes() throws IOException {
    try (OrlopServer server =
        OrlopServer.on(OrlopServer.newData()).withLauncher(launcher).with("ORLOP_AOT", "on")) {
      assertThat(originOfOwnClasses(server)).startsWith("file:");
      assertThat(server.log())
          .contains("Starting without the cache for quick starts: there is none yet");
      awaitStamp(stamp -> stamp.contains("-XX:+UseCompactObjectHeaders"));
      assertThat(folder.resolve("target/training.log"))
          .content()
          .contains("Orlop is ending")
          .doesNotContain(" WARN ");

      assertThat(originOfOwnClasses(server)).isEqualTo("shared objects file");
      assertThat(server.log()).doesNotContain("without the cache").doesNotContain("[warning]");

      server.with("JAVA_OPTS", "-XX:-UseCompactObjectHeaders");
      assertThat(originOfOwnClasses(server)).startsWith("file:");
      assertThat(server.log()).contains("it was made for other flags");
      awaitStamp(stamp -> stamp.contains("-XX:-UseCompactObjectHeaders"));
      assertThat(originOfOwnClasses(server)).isEqualTo("shared objects file");
    }
  }

  /** Starts, stops and returns where Java says that it has Orlop's main class from. */
  private String originOfOwnClasses(OrlopServer server) throws IOException {
    Path classes = folder.resolve("classes.log");
    Files.deleteIfExists(classes);
    // Not JAVA_OPTS: the launcher would make another cache for them.
    server.with("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=\"" + classes + "\"");
    server.launch();
    assertThat(server.stop()).isZero();
    String mark = "io.orlop.system.command.OrlopMain source: ";
    try (Stream<String> lines = Files.lines(classes)) {
      String line = lines.filter(text -> text.contains(mark)).findFirst().orElseThrow();
      return line.substring(line.indexOf(mark) + mark.length()).strip();
    }
  }

  /** The stamp is renamed into place last of all. */
  private void awaitStamp(Predicate<String> fits) {
    Path stamp = cache.resolveSibling("orlop.aot.stamp");
    await().atMost(TRAINING).until(() -> Files.exists(stamp) && fits.test(Files.readString(stamp)));
  }
}
