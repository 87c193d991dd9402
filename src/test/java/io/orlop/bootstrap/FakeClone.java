package io.orlop.bootstrap;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A folder with the launcher, a few sources, a Maven that only counts its builds and JDKs that only
 * print how they were started: what the launcher decides shows within milliseconds.
 */
final class FakeClone {
  private static final String JAVA =
      """
      #!/bin/sh
      for word in "$@"; do
        case $word in
          -XX:AOTCacheOutput=*) echo classes >"${word#*=}"; exit ;;
          -version) echo 'openjdk version "@version@"' >&2; exit ;;
          -XshowSettings:properties) echo "    java.home = @home@" >&2; exit ;;
        esac
      done
      echo "java @version@: $*"
      """;
  private static final String MAVEN =
      """
      #!/bin/sh
      echo built >>builds
      if [ -e broken ]; then
        echo '[ERROR] cannot find symbol'
        exit 1
      fi
      mkdir -p target
      rm -f target/orlop-runner.jar
      echo jar >target/orlop-runner.jar
      """;

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  FakeClone(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("clone with space"));
    executable(this.folder.resolve("orlop"), Files.readString(Path.of("orlop")));
    executable(this.folder.resolve("mvnw"), MAVEN);
    write("pom.xml", "<project/>");
    write("src/main/java/A.java", "class A {}");
    write("src/main/java/B.java", "class B {}");
    write("db-migrations/V1__a.sql", "SELECT 1");
    environment.put("JAVA_HOME", jdk("25.0.1").toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", folder.toString());
  }

  /**
   * How the launcher ended.
   *
   * @param exitCode its exit code
   * @param output all that it and Java printed
   */
  record Outcome(int exitCode, String output) {
    /** Returns the words that Java was started with. */
    List<String> javaWords() {
      String line =
          output.lines().filter(text -> text.startsWith("java ")).findFirst().orElseThrow();
      return List.of(line.substring(line.indexOf(": ") + 2).split(" "));
    }
  }

  /** Makes a JDK of a version and returns its folder. */
  Path jdk(String version) throws IOException {
    Path home = folder.resolve("jdk-" + version);
    Files.createDirectories(home.resolve("bin"));
    executable(
        home.resolve("bin/java"),
        JAVA.replace("@version@", version).replace("@home@", home.toString()));
    executable(home.resolve("bin/javac"), "#!/bin/sh\n");
    write("jdk-" + version + "/release", "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  FakeClone with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, content);
  }

  int builds() throws IOException {
    Path builds = folder.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  Outcome orlop(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(folder.resolve("orlop").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("The launcher does not end:\n" + output);
    }
    return new Outcome(process.exitValue(), output);
  }

  /** Waits until nothing that a launcher in a folder started in the background runs any more. */
  static void awaitQuiet(Path folder) {
    await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> ProcessHandle.allProcesses().noneMatch(process -> names(process, folder)));
  }

  private static boolean names(ProcessHandle process, Path folder) {
    return process.info().commandLine().filter(line -> line.contains(folder + "/")).isPresent();
  }

  private static void executable(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
