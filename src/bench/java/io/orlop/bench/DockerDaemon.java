package io.orlop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Docker daemon of our own in a mount namespace, which pushes and pulls. Needs root. */
final class DockerDaemon implements AutoCloseable {
  private static final int START_SECONDS = 60;

  private final Path folder;
  private final Process process;

  private DockerDaemon(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  static boolean isPossible() {
    return "root".equals(System.getProperty("user.name"))
        && Shell.find("dockerd").isPresent()
        && Shell.find("docker").isPresent();
  }

  /** Starts one with its data in a folder. */
  static DockerDaemon start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    // Short, since the path of a Unix socket may have 107 bytes.
    Path run = Files.createTempDirectory(Path.of("/tmp"), "orlop-bench-");
    List<String> words = new ArrayList<>(List.of("unshare", "--mount"));
    words.add(Shell.find("dockerd").orElseThrow().toString());
    words.addAll(List.of("--data-root", folder.resolve("data").toString()));
    words.addAll(List.of("--exec-root", run + "/exec", "--pidfile", run + "/pid"));
    words.addAll(List.of("--host", "unix://" + run + "/docker.sock"));
    words.addAll(List.of("--iptables=false", "--bridge=none", "--storage-driver=overlay2"));
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("dockerd.log").toFile())
            .start();
    DockerDaemon daemon = new DockerDaemon(run, process);
    for (int i = 0; i < START_SECONDS * 10; i++) {
      if (Files.exists(run.resolve("docker.sock")) && daemon.answers()) {
        return daemon;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    daemon.close();
    throw new IOException("dockerd does not start");
  }

  /** Runs the client. */
  String docker(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    all.add(Shell.find("docker").orElseThrow().toString());
    all.addAll(List.of(words));
    Map<String, String> variables =
        Map.of(
            "DOCKER_HOST",
            "unix://" + folder + "/docker.sock",
            "DOCKER_CONFIG",
            folder.resolve("config").toString());
    return Shell.output(variables, all);
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    Shell.delete(folder);
  }

  private boolean answers() throws InterruptedException {
    try {
      docker("version");
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
