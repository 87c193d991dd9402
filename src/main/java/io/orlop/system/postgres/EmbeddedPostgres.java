package io.orlop.system.postgres;

import io.orlop.system.StartRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * A PostgreSQL of Orlop's own, in a session of its own: a Ctrl-C in the terminal reaches only
 * Orlop, which stops PostgreSQL when its own connections are closed.
 *
 * <p>Whoever starts one holds the lock of the data folder around it.
 */
public final class EmbeddedPostgres {
  private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);
  private static final int START_ATTEMPTS = 5;
  private static final Duration FAST_STOP = Duration.ofSeconds(7);
  private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(2);

  private final Path folder;
  private final Path binaries;
  private final Account account;
  private final Cluster cluster;
  private final LogFiles logFiles;
  private final String password;
  private final int port;
  private final Lock starting = new ReentrantLock();
  private final CountDownLatch stopping = new CountDownLatch(1);

  private EmbeddedPostgres(Path folder) throws IOException {
    this.folder = folder;
    this.account = Account.of(folder);
    this.binaries = PostgresBinaries.unpack(folder);
    this.logFiles = new LogFiles(folder.resolve("log"));
    account.own(folder);
    this.cluster = new Cluster(folder, binaries, account);
    this.password = cluster.prepare();
    this.port = freePort();
  }

  /** Hears what an operator should know while nothing else tells it. */
  public interface Listener {
    /** A start takes long because a crash is being recovered from; told every ten seconds. */
    void recovering();

    /** Starting it again does not help any more; PostgreSQL is not there and will not be. */
    void givenUp(String reason);
  }

  /**
   * Prepares a folder: unpacks the programs and makes the database, where that is not done yet.
   *
   * @param folder where programs, data, password and logs are; made if need be
   * @throws StartRefusedException if that cannot be done, with the reason
   */
  public static EmbeddedPostgres prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      Path real = folder.toRealPath();
      refuseUnquotable(real);
      return new EmbeddedPostgres(real);
    } catch (IOException e) {
      throw new StartRefusedException(
          "Cannot prepare the embedded database in " + folder + ": " + e, e);
    }
  }

  /**
   * Starts PostgreSQL and returns when it answers, which after a crash can take minutes. Starts it
   * again whenever it ends without being stopped.
   *
   * @throws StartRefusedException if it does not start, with what it said
   */
  public void start(Listener listener) {
    try {
      launch(listener);
      PostgresBinaries.deleteOthers(folder, binaries);
    } catch (IOException e) {
      throw new StartRefusedException("Cannot start the database in " + folder + ": " + e, e);
    }
    new PostgresWatch(this, logFiles, listener).start();
  }

  /** Returns the JDBC URL of Orlop's own database. */
  public String jdbcUrl() {
    return jdbcUrl(Cluster.ROLE);
  }

  /** Returns the JDBC URL of a database. */
  public String jdbcUrl(String database) {
    return jdbcUrl(port, database);
  }

  static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable";
  }

  /** Returns the role that owns Orlop's own database. */
  public String user() {
    return Cluster.ROLE;
  }

  /** Returns the password of that role and of the superuser {@code postgres}. */
  public String password() {
    return password;
  }

  /** Stops PostgreSQL within ten seconds: orderly if it can, else so that it recovers next time. */
  public void stop() {
    stopping.countDown();
    try {
      // Again and again, since a start that goes on may take minutes.
      do {
        if (process().isPresent()) {
          end();
        }
      } while (!starting.tryLock(100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      if (process().isPresent()) {
        end();
      }
    } finally {
      starting.unlock();
    }
  }

  /** Tells whether PostgreSQL is meant to end. */
  boolean stopping() {
    return stopping.getCount() == 0;
  }

  /** Finds PostgreSQL's main process. */
  Optional<ProcessHandle> process() {
    return Postmaster.find(folder, cluster.data());
  }

  /** Starts PostgreSQL, whatever a predecessor left; does nothing once it is meant to end. */
  void launch(Listener listener) throws IOException {
    starting.lock();
    try {
      String said = "";
      for (int attempt = 1; attempt <= START_ATTEMPTS && !pause(attempt); attempt++) {
        clearWay(attempt);
        logFiles.beginAttempt();
        var outcome = tryLaunch(listener);
        if (outcome.succeeded()) {
          return;
        }
        said = logFiles.tail();
        if (said.isEmpty()) {
          said = outcome.output();
        }
      }
      if (!stopping()) {
        throw new StartRefusedException(
            "The embedded database in " + folder + " does not start. PostgreSQL says:\n" + said);
      }
    } finally {
      starting.unlock();
    }
  }

  private void clearWay(int attempt) throws IOException {
    if (process().isPresent()) {
      LOG.info("Stopping the PostgreSQL that an ended Orlop left running");
      end();
    }
    if (attempt > 1) {
      Postmaster.endLeftovers(folder);
    }
    Postmaster.disownForeignPid(folder, cluster.data());
  }

  /** Waits before another attempt; returns whether PostgreSQL is meant to end. */
  private boolean pause(int attempt) {
    try {
      return stopping.await((attempt - 1) * 300L, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private Command.Outcome tryLaunch(Listener listener) {
    List<String> words =
        List.of(
            program("pg_ctl"),
            "start",
            "--wait",
            // It ends earlier if PostgreSQL does; recovery may take as long as it takes.
            "--timeout=86400",
            "--pgdata=" + cluster.data().getFileName(),
            "--log=" + logFiles.startLog(),
            "--options=" + Settings.commandLine(port));
    return new Command(folder).run(account.command(words), listener::recovering);
  }

  private void end() {
    if (!end("fast", FAST_STOP)) {
      LOG.warn("PostgreSQL does not stop in time; it will recover at the next start");
      end("immediate", IMMEDIATE_STOP);
    }
  }

  private boolean end(String mode, Duration patience) {
    List<String> words =
        List.of(
            program("pg_ctl"),
            "stop",
            "--wait",
            "--mode=" + mode,
            "--timeout=" + patience.toSeconds(),
            "--pgdata=" + cluster.data().getFileName());
    return new Command(folder).run(account.command(words)).succeeded();
  }

  private String program(String name) {
    return binaries.resolve("bin").resolve(name).toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** PostgreSQL's start command passes the path through a shell. */
  private static void refuseUnquotable(Path folder) {
    if (folder.toString().chars().anyMatch(c -> c < ' ' || "\"$`\\'".indexOf(c) >= 0)) {
      throw new StartRefusedException(
          "The embedded database cannot be in "
              + folder
              + ": the path has a quote, dollar, backslash or control character; choose another"
              + " with --data.");
    }
  }
}
