package io.orlop.bench;

import io.orlop.testsupport.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server under measurement, with a data folder of its own. */
abstract class Server {
  private static final long START_PATIENCE_SECONDS = 180;
  private static final long STOP_PATIENCE_SECONDS = 60;

  /** A server is calm that takes less of a core than this for so long. */
  private static final double CALM = 0.25;

  private static final long LOOK_MILLIS = 100;

  private final String name;
  private final Path folder;
  private final int port;
  private Optional<Process> process = Optional.empty();
  private boolean closed;

  Server(String name, Path folder) throws IOException {
    this.name = name;
    this.folder = Files.createDirectories(folder);
    this.port = FreePort.find();
  }

  /** The words that start it in the foreground. */
  abstract List<String> command() throws IOException, InterruptedException;

  /** Its own name for what it is. */
  abstract String version() throws IOException, InterruptedException;

  /** What it does before it acknowledges a push. */
  abstract String durability() throws IOException;

  /** The value of {@code Authorization} that a request to the repository needs; or empty. */
  String authorization(String repository, String actions) throws IOException {
    return "";
  }

  /** Variables that its environment has or, with an empty value, has not. */
  Map<String, String> environment() {
    return Map.of();
  }

  /** Whether it takes pushes. */
  boolean isRegistry() {
    return true;
  }

  /** Whether it gives out tokens. */
  boolean hasTokens() {
    return false;
  }

  /** Where it keeps blobs. */
  abstract Path blobs();

  /** Makes a repository with the tags {@code t000000} and on, all of one manifest. */
  abstract void seedTags(String repository, int count) throws IOException, InterruptedException;

  String name() {
    return name;
  }

  Path folder() {
    return folder;
  }

  int port() {
    return port;
  }

  /** The processes that descend from no other of it. */
  synchronized List<Long> roots() throws IOException {
    return process.map(running -> List.of(running.pid())).orElse(List.of());
  }

  /** Starts it; returns the seconds until the first 200 of {@code path}. */
  synchronized double start() throws IOException, InterruptedException {
    if (closed) {
      throw new IOException("The benchmark is ending");
    }
    List<String> words = command();
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    environment()
        .forEach((variable, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(variable);
          } else {
            builder.environment().put(variable, value);
          }
        });
    long begun = System.nanoTime();
    Process started = builder.start();
    process = Optional.of(started);
    while (!answers()) {
      double waited = secondsSince(begun);
      if (!started.isAlive() || waited > START_PATIENCE_SECONDS) {
        stop();
        throw new IOException(name + " does not start; see " + log());
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return secondsSince(begun);
  }

  /** Waits until it has nothing to do; false if that takes too long. */
  boolean isCalm(Duration patience) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (secondsSince(begun) < patience.toSeconds()) {
      double before = ProcessTree.cpuSeconds(roots());
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      double busy = (ProcessTree.cpuSeconds(roots()) - before) * 1000 / LOOK_MILLIS;
      if (busy < CALM) {
        return true;
      }
    }
    return false;
  }

  /** Stops it and whatever belongs to it, by their ids. */
  synchronized void stop() throws IOException, InterruptedException {
    if (process.isEmpty()) {
      return;
    }
    List<ProcessHandle> all = new ArrayList<>();
    for (long id : ProcessTree.of(roots())) {
      ProcessHandle.of(id).ifPresent(all::add);
    }
    Process running = process.get();
    running.destroy();
    if (!running.waitFor(STOP_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      running.destroyForcibly().waitFor();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    process = Optional.empty();
  }

  /** Stops it for good, whatever another thread still wants of it. */
  synchronized void close() throws IOException, InterruptedException {
    closed = true;
    stop();
  }

  /** Where it serves HTTPS; 0 if it does not. */
  int tlsPort() {
    return 0;
  }

  /** What is asked for to see whether it is up. */
  String healthPath() {
    return "/v2/";
  }

  Path log() {
    return folder.resolve("server.log");
  }

  private boolean answers() {
    try (Connection connection = Connection.to(port, "")) {
      return connection.send("GET", healthPath()).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
