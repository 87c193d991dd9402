package io.orlop.platform.persistence;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Knows when this process is the only one that changes content, so that it may keep content in
 * memory: while it holds a lock that everybody else has to share for a change. It lets go of the
 * lock soon after somebody waits for it, and takes it again when nobody has for a while.
 *
 * <p>Only a process with a database of its own tries at all; its pool's connections carry {@link
 * #OPTIONS}.
 */
@ApplicationScoped
public class SoleWriter {
  /**
   * How connections of this process tell PostgreSQL's triggers that they hear what they say. No
   * setting of the role or the database can make them deaf.
   */
  public static final String OPTIONS = "-c orlop.changes=told -c client_min_messages=notice";

  /** What its connection is called. */
  static final String NAME = "orlop sole writer";

  /** Where the pool is told. */
  public static final String OPTIONS_PROPERTY =
      "quarkus.datasource.jdbc.additional-jdbc-properties.options";

  private static final Logger LOG = Logger.getLogger(SoleWriter.class);
  private static final int AFTER_MIGRATIONS = 100;

  /** The key that the triggers share, see the migrations. */
  private static final String KEY = "1183, 0";

  private static final String OTHERS_WAIT =
      """
      SELECT EXISTS (SELECT FROM pg_locks
                      WHERE locktype = 'advisory' AND classid = 1183 AND objid = 0 AND objsubid = 2
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                        AND NOT granted)
      """;

  private static final int LOOK_MILLIS = 500;
  private static final int ANSWER_MILLIS = 2_000;
  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long PAUSE_MILLIS = 1_000;

  /** Whoever changes something by hand is likely to go on. */
  private static final long QUIET_MILLIS = 10_000;

  private final Connector connector;
  private final boolean possible;
  private final long quietMillis;
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private volatile boolean held;
  private volatile boolean doubted;
  private volatile long lookedAt;

  /** Of the thread alone: PostgreSQL's time, before which something began that may still commit. */
  private Optional<String> inDoubtUntil = Optional.empty();

  /** Opens a connection. */
  @FunctionalInterface
  interface Connector {
    Connection connect() throws SQLException;
  }

  @Inject
  SoleWriter(
      ListenerSource source,
      @ConfigProperty(name = OPTIONS_PROPERTY) Optional<String> options,
      MeterRegistry meters) {
    this(() -> source.connect(NAME), options.filter(OPTIONS::equals).isPresent(), QUIET_MILLIS);
    Gauge.builder("orlop.content.remembered", this, known -> known.isHeld() ? 1 : 0)
        .description(
            "1 while pulls may be answered from memory, since nobody else changes content; 0 while"
                + " the database is asked for each")
        .register(meters);
  }

  /**
   * Makes one that has not begun.
   *
   * @param possible whether it may be tried at all
   * @param quietMillis how long it leaves others alone who have changed something
   */
  SoleWriter(Connector connector, boolean possible, long quietMillis) {
    this.connector = connector;
    this.possible = possible;
    this.quietMillis = quietMillis;
  }

  /** Calls back whenever this process becomes the only writer, or is not so any more. */
  public void follow(Runnable changed) {
    followers.add(changed);
  }

  /** Tells whether nobody but this process can change content now. */
  public boolean isHeld() {
    return held && !doubted && System.nanoTime() - lookedAt < TRUSTED_NANOS;
  }

  /**
   * A statement of this process failed, and may still commit. Nothing is remembered until all that
   * runs now has ended.
   */
  public void doubt() {
    doubted = true;
  }

  void start(@Observes @Priority(AFTER_MIGRATIONS) StartupEvent event) {
    start();
  }

  void start() {
    if (possible) {
      // Of the platform, so that it hears at once of a connection that breaks, whatever else runs.
      thread = Thread.ofPlatform().daemon().name("orlop-sole-writer").start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    stop();
  }

  void stop() {
    stopped.countDown();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void run() {
    while (stopped.getCount() > 0) {
      try (Connection connection = connector.connect();
          Statement statement = connection.createStatement()) {
        connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
        watch(connection.unwrap(PGConnection.class), statement);
      } catch (SQLException | RuntimeException e) {
        if (stopped.getCount() > 0) {
          LOG.debugf(e, "Whether others change content is not known");
        }
      }
      if (pauseOrStop(PAUSE_MILLIS)) {
        return;
      }
    }
  }

  private void watch(PGConnection postgres, Statement statement) throws SQLException {
    while (stopped.getCount() > 0) {
      long pause = PAUSE_MILLIS;
      long begun = System.nanoTime();
      if (nothingInDoubtRuns(statement)
          && yes(statement, "SELECT pg_try_advisory_lock(" + KEY + ")")) {
        try {
          remember(postgres, statement, begun);
        } finally {
          // While the lock is still held.
          end();
        }
        boolean _ = yes(statement, "SELECT pg_advisory_unlock(" + KEY + ")");
        if (!doubted) {
          LOG.info("Content is changed from outside: pulls ask the database for a while");
          pause = quietMillis;
        }
      }
      if (pauseOrStop(pause)) {
        return;
      }
    }
  }

  private void remember(PGConnection postgres, Statement statement, long begun)
      throws SQLException {
    begin(begun);
    while (!othersWait(statement) && !doubted) {
      // Returns early, by an exception, when the connection breaks.
      postgres.getNotifications(LOOK_MILLIS);
    }
  }

  /** Whoever doubts after the moment was noted doubts again. */
  private boolean nothingInDoubtRuns(Statement statement) throws SQLException {
    if (doubted) {
      doubted = false;
      inDoubtUntil = Optional.of(text(statement, "SELECT clock_timestamp()"));
    }
    if (inDoubtUntil.isPresent() && olderOnesRun(statement, inDoubtUntil.get())) {
      return false;
    }
    inDoubtUntil = Optional.empty();
    return true;
  }

  /** What began before may still commit although whoever asked for it was told that it failed. */
  private static boolean olderOnesRun(Statement statement, String time) throws SQLException {
    return yes(
        statement,
        """
        SELECT EXISTS (SELECT FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                          AND xact_start <= timestamptz '%s')
        """
            .formatted(time));
  }

  /** The lock was held when the answer was made, which is later than the question was. */
  private boolean othersWait(Statement statement) throws SQLException {
    long begun = System.nanoTime();
    boolean wait = yes(statement, OTHERS_WAIT);
    lookedAt = begun;
    return wait;
  }

  private static String text(Statement statement, String question) throws SQLException {
    try (ResultSet rows = statement.executeQuery(question)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static boolean yes(Statement statement, String question) throws SQLException {
    try (ResultSet rows = statement.executeQuery(question)) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private void begin(long now) {
    followers.forEach(Runnable::run);
    lookedAt = now;
    held = true;
  }

  private void end() {
    if (held) {
      held = false;
      followers.forEach(Runnable::run);
    }
  }

  private boolean pauseOrStop(long millis) {
    try {
      return stopped.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
