package io.orlop.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
  @TempDir Path folder;

  private FakeClone clone;

  @BeforeEach
  void makeClone() throws IOException {
    clone = new FakeClone(folder);
  }

  @AfterEach
  void awaitQuiet() {
    FakeClone.awaitQuiet(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void explainsItselfWithoutJdkOrBuild(String word) throws Exception {
    var outcome = clone.with("JAVA_HOME", "").orlop(word);
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.output()).contains("./orlop run [--port N] [--data DIR]");
    assertThat(clone.builds()).isZero();
  }

  @Test
  void explainsRunWithoutBuilding() throws Exception {
    assertThat(clone.orlop("run", "--help").output()).contains("--data DIR");
    assertThat(clone.builds()).isZero();
  }

  @Test
  void refusesUnknownCommand() throws Exception {
    var outcome = clone.orlop("rnu");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.output()).startsWith("Unknown command: rnu\n").contains("./orlop run");
  }

  @Test
  void startsThePackageWithTheFlagsOfTheCommandLine() throws Exception {
    assertThat(clone.orlop("run", "--port", "81").javaWords())
        .endsWith("run", "--port", "81")
        .contains("-jar", "-XX:+UseCompactObjectHeaders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "restore", "storage", "tls"})
  void passesCommandsToThePackage(String command) throws Exception {
    assertThat(clone.orlop("help").output()).contains("./orlop " + command);
    assertThat(clone.orlop(command, "a folder", "--help").javaWords())
        .endsWith(command, "a", "folder", "--help")
        .contains("-jar", "-XX:+UseCompactObjectHeaders", "-XX:AOTMode=auto");
  }

  @Test
  void runsCommandsWithoutWaitingForACache() throws Exception {
    clone.orlop("run");
    Files.delete(clone.resolve("target/orlop.aot"));
    assertThat(clone.orlop("backup", "folder").output())
        .startsWith("java ")
        .doesNotContain("-XX:AOTMode");
    assertThat(clone.resolve("target/orlop.aot")).doesNotExist();
  }

  @Nested
  class Jdk {
    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "1.8.0_392", "24.0.2"})
    void isLookedForOnThePathWhenJavaHomeIsTooOld(String old) throws Exception {
      Path newer = clone.jdk("26");
      var outcome =
          clone
              .with("JAVA_HOME", clone.jdk(old).toString())
              .with("PATH", newer.resolve("bin") + ":/usr/bin:/bin")
              .orlop("run");
      assertThat(outcome.output()).contains("java 26: ");
    }

    @Test
    void isAskedForItsVersionWhenNoFileTellsIt() throws Exception {
      Path home = clone.jdk("27.0.1");
      Files.delete(home.resolve("release"));
      assertThat(clone.with("JAVA_HOME", home.toString()).orlop("run").output())
          .contains("java 27.0.1: ");
    }

    @Test
    void isNoneWithoutCompiler() throws Exception {
      Path runtime = clone.jdk("26");
      Files.delete(runtime.resolve("bin/javac"));
      Path complete = clone.jdk("25.0.2");
      var outcome =
          clone
              .with("JAVA_HOME", runtime.toString())
              .with("PATH", complete.resolve("bin") + ":/usr/bin:/bin")
              .orlop("run");
      assertThat(outcome.output()).contains("java 25.0.2: ");
    }
  }

  @Nested
  class Build {
    @BeforeEach
    void buildOnce() throws Exception {
      assertThat(clone.orlop("run").output()).startsWith("Building Orlop (the first time takes");
      assertThat(clone.builds()).isOne();
    }

    @Test
    void isNotRepeatedWithoutNeed() throws Exception {
      assertThat(clone.orlop("run").output()).startsWith("java ");
      assertThat(clone.builds()).isOne();
    }

    @Test
    void isNotRepeatedForANewTimeOfTheSameContent() throws Exception {
      Path source = clone.resolve("src/main/java/A.java");
      Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
      clone.orlop("run");
      assertThat(clone.builds()).isOne();
    }

    @Test
    void isNotRepeatedForTests() throws Exception {
      clone.write("src/test/java/ATest.java", "class ATest {}");
      clone.orlop("run");
      assertThat(clone.builds()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "pom.xml",
          "src/main/java/A.java",
          "src/main/java/New.java",
          "db-migrations/V1__a.sql",
          "ui-templates/page.html"
        })
    void isRepeatedWhenSomethingIsChangedOrAdded(String file) throws Exception {
      clone.write(file, "changed");
      assertThat(clone.orlop("run").output())
          .startsWith("Building Orlop, since its sources changed");
      assertThat(clone.builds()).isEqualTo(2);
    }

    @Test
    void isRepeatedWhenSomethingIsDeletedOrRenamed() throws Exception {
      Files.delete(clone.resolve("src/main/java/A.java"));
      clone.orlop("run");
      assertThat(clone.builds()).isEqualTo(2);
      Files.move(clone.resolve("src/main/java/B.java"), clone.resolve("src/main/java/C.java"));
      clone.orlop("run");
      assertThat(clone.builds()).isEqualTo(3);
    }

    @Test
    void isRepeatedWhenThePackageIsGone() throws Exception {
      Files.delete(clone.resolve("target/orlop-runner.jar"));
      clone.orlop("run");
      assertThat(clone.builds()).isEqualTo(2);
    }

    @Test
    void endsTheRunWhenItFailsAndIsTriedAgain() throws Exception {
      clone.write("broken", "");
      clone.write("pom.xml", "changed");
      var failed = clone.orlop("run");
      assertThat(failed.exitCode()).isEqualTo(1);
      assertThat(failed.output())
          .contains("[ERROR] cannot find symbol", "The build failed; all of its output is in")
          .doesNotContain("java ");
      Files.delete(clone.resolve("broken"));
      assertThat(clone.orlop("run").exitCode()).isZero();
      assertThat(clone.builds()).isEqualTo(3);
    }

    @Test
    void canBeSwitchedOff() throws Exception {
      clone.write("pom.xml", "changed");
      assertThat(clone.with("ORLOP_BUILD", "off").orlop("run").output()).startsWith("java ");
      assertThat(clone.builds()).isOne();
    }
  }

  @Nested
  class Flags {
    @Test
    void leaveTheChoiceOfCollectorAndHeapToTheOperator() throws Exception {
      assertThat(clone.with("JAVA_OPTS", "-XX:+UseZGC -Xmx3g").orlop("run").javaWords())
          .contains("-XX:+UseZGC", "-Xmx3g")
          .doesNotContain("-XX:+UseSerialGC", "-XX:+UseG1GC")
          .filteredOn(word -> word.startsWith("-Xmx"))
          .hasSize(1);
    }

    @Test
    void boundTheHeap() throws Exception {
      assertThat(clone.orlop("run").javaWords())
          .anySatisfy(word -> assertThat(word).matches("-Xmx\\d+m"));
    }
  }

  @Nested
  class Cache {
    private static final String USED = "-XX:AOTCache=";

    @Test
    void isMadeByTheBuildAndUsedAtOnce() throws Exception {
      assertThat(clone.orlop("run").output())
          .contains("preparing quick starts", USED)
          .doesNotContain("without the cache");
    }

    @Test
    void isMadeAgainBesideForAnotherJdk() throws Exception {
      clone.orlop("run");
      clone.with("JAVA_HOME", clone.jdk("25.0.2").toString());
      assertStaleOnce("it was made for another JDK");
    }

    @Test
    void isMadeAgainBesideForOtherFlags() throws Exception {
      clone.orlop("run");
      clone.with("JAVA_OPTS", "-XX:+UseZGC");
      assertStaleOnce("it was made for other flags");
    }

    @Test
    void isMadeAgainBesideForAPackageThatMavenBuilt() throws Exception {
      clone.orlop("run");
      Files.setLastModifiedTime(clone.resolve("target/orlop.aot"), FileTime.fromMillis(0));
      assertStaleOnce("it was made for an earlier build");
    }

    @Test
    void isMadeWhenItIsMissing() throws Exception {
      clone.orlop("run");
      Files.delete(clone.resolve("target/orlop.aot"));
      assertStaleOnce("there is none yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-javaagent:a.jar", "-agentlib:jdwp", "-XX:AOTMode=off"})
    void isNotUsedBesideAnAgentOrTheOperatorsOwn(String option) throws Exception {
      clone.orlop("run");
      assertThat(clone.with("JAVA_OPTS", option).orlop("run").output())
          .startsWith("java ")
          .doesNotContain(USED);
    }

    @Test
    void canBeSwitchedOff() throws Exception {
      assertThat(clone.with("ORLOP_AOT", "off").orlop("run").output()).doesNotContain(USED);
      assertThat(clone.resolve("target/orlop.aot")).doesNotExist();
    }

    private void assertStaleOnce(String reason) throws Exception {
      var stale = clone.orlop("run");
      assertThat(stale.output())
          .startsWith(
              "Starting without the cache for quick starts: " + reason + ". Making one beside.\n")
          .doesNotContain(USED);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(clone.orlop("run").output()).contains(USED));
    }
  }
}
