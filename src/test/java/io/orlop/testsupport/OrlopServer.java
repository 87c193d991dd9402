package io.orlop.testsupport;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The packaged product as a process of its own, started by the launcher on a free port and, unless
 * told otherwise, a data folder of its own. Keeps both over a {@link #restart}.
 *
 * <p>Closing it ends every process of it, however the test left them.
 */
public final class OrlopServer implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  private static final Duration END_PATIENCE = Duration.ofSeconds(60);
  private static final Duration LINE_PATIENCE = Duration.ofSeconds(60);
  private static final String READY = "Orlop is ready";

  private final Path data;
  private final int port;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> flags = new ArrayList<>();
  private Path launcher = Path.of("orlop").toAbsolutePath();
  private Path workingFolder = Path.of("").toAbsolutePath();
  private ServerLog log = new ServerLog();
  private @Nullable Process process;

  private OrlopServer(Path data) {
    this.data = data;
    this.port = FreePort.find();
    withFlag("--port", Integer.toString(port));
    withFlag("--data", data.toString());
    environment.put("ORLOP_ADMIN_PASSWORD", "Orlop-tests-1");
    // The package under test is what Maven has just built, and a cache would be older than it.
    environment.put("ORLOP_BUILD", "off");
    environment.put("ORLOP_METRICS_PORT", "0");
    environment.put("ORLOP_AOT", "off");
    // For a run that is interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end-orlop"));
  }

  /** Starts a server on a new data folder and waits until it answers. */
  public static OrlopServer start() {
    OrlopServer server = on(newData());
    server.launch();
    return server;
  }

  /** Prepares a server on a data folder; {@link #launch} starts it. */
  public static OrlopServer on(Path data) {
    return new OrlopServer(data);
  }

  /**
   * Prepares a server that is told neither port nor data folder: it takes them from the files in
   * its working folder, from variables or flags.
   */
  public static OrlopServer configuredIn(Path workingFolder) {
    OrlopServer server = new OrlopServer(workingFolder);
    server.flags.clear();
    server.workingFolder = workingFolder;
    return server;
  }

  /** Makes an empty folder below {@code target}. */
  public static Path newData() {
    try {
      Path parent = Files.createDirectories(Path.of("target", "it-data"));
      return Files.createTempDirectory(parent, "data-").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets a variable of the environment for the next start. */
  public OrlopServer with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Adds a flag of {@code orlop run} for the next start. */
  public OrlopServer withFlag(String flag, String value) {
    flags.add(flag);
    flags.add(value);
    return this;
  }

  /** Starts with another copy of the launcher. */
  public OrlopServer withLauncher(Path otherLauncher) {
    launcher = otherLauncher;
    return this;
  }

  /** Starts the process and waits until it answers. */
  public void launch() {
    launchOnly();
    if (!log.await(READY, START_PATIENCE)) {
      String said = log.text();
      close();
      throw new AssertionError("Orlop did not start:\n" + said);
    }
  }

  /** Starts the process and does not wait for anything. */
  public void launchOnly() {
    try {
      List<String> words = new ArrayList<>(List.of(launcher.toString(), "run"));
      words.addAll(flags);
      ProcessBuilder builder =
          new ProcessBuilder(words).directory(workingFolder.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process started = builder.start();
      log = new ServerLog();
      log.follow(started.inputReader());
      process = started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the port of HTTP. */
  public int port() {
    return port;
  }

  /** Returns the address without a slash at its end. */
  public String url() {
    return "http://localhost:" + port;
  }

  /** Returns the address of the metrics. */
  public URI metrics() {
    Pattern line = Pattern.compile("Metrics are at (http://\\S+?/metrics)");
    Matcher matcher = line.matcher(log());
    if (!matcher.find()) {
      throw new AssertionError("There are no metrics:\n" + log());
    }
    return URI.create(matcher.group(1));
  }

  /** Returns the data folder. */
  public Path data() {
    return data;
  }

  /** Returns the password of {@code admin}. */
  public String adminPassword() {
    return environment.getOrDefault("ORLOP_ADMIN_PASSWORD", "");
  }

  /** Returns a client that is {@code admin}. */
  public RegistryClient administrator() {
    return new RegistryClient(
        URI.create(url()), Optional.of(RegistryClient.basic("admin", adminPassword())));
  }

  /** Returns the id of the Java process. */
  public long pid() {
    return running().pid();
  }

  /** Returns what it has printed since its last start. */
  public String log() {
    return log.text();
  }

  /** Waits until it has printed some words: a line may be on its way when its cause is seen. */
  public void awaitLog(String words) {
    if (!log.await(words, LINE_PATIENCE)) {
      throw new AssertionError("Orlop does not say \"" + words + "\":\n" + log());
    }
  }

  /** Returns every process of PostgreSQL on the data folder: they are not children of Java's. */
  public List<ProcessHandle> postgres() {
    String folder = data + "/";
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().command().filter(c -> isPostgres(c, folder)).isPresent())
        .toList();
  }

  /** Returns all processes: Java, its descendants and PostgreSQL. */
  public List<ProcessHandle> processes() {
    Process java = process;
    Stream<ProcessHandle> tree =
        java == null ? Stream.of() : Stream.concat(Stream.of(java.toHandle()), java.descendants());
    return Stream.concat(tree, postgres().stream()).filter(OrlopServer::runs).distinct().toList();
  }

  /** Asks it to end (SIGTERM), waits until it has, and returns its exit code. */
  public int stop() {
    running().toHandle().destroy();
    return awaitExit();
  }

  /** Waits until the Java process has ended by itself, and returns its exit code. */
  public int awaitExit() {
    try {
      if (!running().waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Orlop does not end:\n" + log());
      }
      log.awaitEnd(LINE_PATIENCE);
      return running().exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Kills the Java process (SIGKILL) and leaves PostgreSQL alone. */
  public void kill9Java() {
    kill9(List.of(running().toHandle()));
  }

  /** Kills every process of PostgreSQL (SIGKILL) and leaves Java alone. */
  public void kill9Postgres() {
    kill9(postgres());
  }

  /** Kills every process (SIGKILL). */
  public void kill9All() {
    kill9(processes());
  }

  /** Starts it again after it has ended, on the same port and data. */
  public void restart() {
    launch();
  }

  @Override
  public void close() {
    kill9(processes());
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("Not started");
    }
    return process;
  }

  private static void kill9(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    await().atMost(END_PATIENCE).until(() -> processes.stream().noneMatch(OrlopServer::runs));
  }

  private static boolean isPostgres(String program, String folder) {
    return program.startsWith(folder) && program.endsWith("/bin/postgres");
  }

  /** Tells whether a process runs; one that ended and is not yet buried counts as alive. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  /** What a process prints. */
  private static final class ServerLog {
    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    void follow(BufferedReader reader) {
      Thread.ofVirtual().start(() -> read(reader));
    }

    synchronized String text() {
      return text.toString();
    }

    boolean await(String wanted, Duration patience) {
      return await(() -> text.indexOf(wanted) >= 0, patience);
    }

    /** Waits until all is read that the process has printed. */
    void awaitEnd(Duration patience) {
      if (!await(() -> ended, patience)) {
        throw new AssertionError("Its output does not end:\n" + text());
      }
    }

    private synchronized boolean await(BooleanSupplier wanted, Duration patience) {
      long deadline = System.nanoTime() + patience.toNanos();
      try {
        while (!wanted.getAsBoolean() && !ended) {
          long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
          if (left <= 0) {
            return false;
          }
          wait(left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return wanted.getAsBoolean();
    }

    private void read(BufferedReader reader) {
      try (reader) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          append(line);
        }
      } catch (IOException e) {
        append("(its output broke off: " + e.getMessage() + ")");
      }
      end();
    }

    private synchronized void append(String line) {
      text.append(line).append('\n');
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }
  }
}
