package io.orlop.platform.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens on one connection, and makes another when that breaks.
 *
 * <p>All that is heard is checked against the topics' versions: one that was skipped, a pool of
 * connections in between that swallows notifications, or the time without a connection mean that
 * anything may have changed.
 */
final class ChangeListener {
  static final String CHANNEL = "orlop_changes";

  /** In place of a topic: every one. */
  static final String ALL_TOPICS = "";

  private static final Logger LOG = Logger.getLogger(ChangeListener.class);
  private static final int LOOK_MILLIS = 2_000;
  private static final int ANSWER_MILLIS = 2_000;
  private static final long CURRENT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_MILLIS = 1_000;

  private final Connector connector;
  private final BiConsumer<String, String> changed;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Map<String, Long> versions = new HashMap<>();
  private volatile OptionalLong lookedAt = OptionalLong.empty();
  private volatile @Nullable Thread thread;
  private boolean lost;

  /** Opens a connection. */
  @FunctionalInterface
  interface Connector {
    Connection connect() throws SQLException;
  }

  /**
   * Makes a listener.
   *
   * @param changed takes a topic and a detail
   */
  ChangeListener(Connector connector, BiConsumer<String, String> changed) {
    this.connector = connector;
    this.changed = changed;
  }

  void start() {
    thread = Thread.ofVirtual().name("orlop-changes").start(this::run);
  }

  void stop() {
    stopped.countDown();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Tells whether the versions were seen in the last five seconds. */
  boolean isCurrent() {
    OptionalLong looked = lookedAt;
    return looked.isPresent() && System.nanoTime() - looked.getAsLong() < CURRENT_NANOS;
  }

  private void run() {
    while (stopped.getCount() > 0) {
      try {
        listen();
      } catch (SQLException e) {
        tellOfLoss(e);
      }
      lookedAt = OptionalLong.empty();
      if (pauseOrStop()) {
        return;
      }
    }
  }

  private void listen() throws SQLException {
    try (Connection connection = connector.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
      versions.clear();
      changed.accept(ALL_TOPICS, ChangeFeed.ANYTHING);
      PGConnection postgres = connection.unwrap(PGConnection.class);
      boolean first = true;
      while (stopped.getCount() > 0) {
        connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
        look(statement, first);
        first = false;
        tellOfReturn();
        PGNotification[] heard = postgres.getNotifications(LOOK_MILLIS);
        for (PGNotification notification :
            Objects.requireNonNullElse(heard, new PGNotification[0])) {
          hear(notification.getParameter());
        }
      }
    }
  }

  /** What was committed before the look began is known after it. */
  private void look(Statement statement, boolean first) throws SQLException {
    long begun = System.nanoTime();
    try (ResultSet rows = statement.executeQuery("SELECT topic, version FROM change_topic")) {
      while (rows.next()) {
        String topic = rows.getString(1);
        long version = rows.getLong(2);
        Long known = versions.put(topic, version);
        boolean missed = known == null ? !first : known != version;
        if (missed) {
          changed.accept(topic, ChangeFeed.ANYTHING);
        }
      }
    }
    lookedAt = OptionalLong.of(begun);
  }

  private void hear(String payload) {
    String[] parts = payload.split(" ", 3);
    long version = Long.parseLong(parts[1]);
    long known = versions.getOrDefault(parts[0], version - 1);
    versions.put(parts[0], Math.max(known, version));
    boolean skipped = version > known + 1;
    changed.accept(parts[0], skipped ? ChangeFeed.ANYTHING : parts[2]);
  }

  private void tellOfLoss(SQLException failure) {
    if (!lost && stopped.getCount() > 0) {
      LOG.warnf(
          "Changes of other processes are not heard of, all is read anew: %s",
          failure.getMessage());
    }
    lost = true;
  }

  private void tellOfReturn() {
    if (lost) {
      LOG.info("Changes of other processes are heard of again");
    }
    lost = false;
  }

  private boolean pauseOrStop() {
    try {
      return stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
