package io.orlop.cluster;

import io.orlop.testsupport.ServerDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks every millisecond or two who waits for a lock of the database, and since when. What began
 * and ended between two looks is not seen; of what is seen, the last such while is missing.
 */
final class LockWatch implements AutoCloseable {
  private static final String WAITING =
      """
      SELECT pid || ' ' || waitstart AS wait, locktype,
             (extract(epoch FROM clock_timestamp() - waitstart) * 1000000)::bigint AS micros
        FROM pg_locks WHERE NOT granted AND waitstart IS NOT NULL
      """;

  private final Map<String, Long> waits = new HashMap<>();
  private final Map<String, String> kinds = new HashMap<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final ServerDatabase database;
  private final Future<?> watching;
  private long looks;

  LockWatch(ServerDatabase database) {
    this.database = database;
    this.watching = thread.submit(this::watch);
  }

  private Object watch() throws SQLException, InterruptedException {
    try (PreparedStatement statement = database.connection().prepareStatement(WAITING)) {
      while (!over.get()) {
        look(statement);
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
    return waits;
  }

  private void look(PreparedStatement statement) throws SQLException {
    looks++;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        waits.merge(rows.getString("wait"), rows.getLong("micros"), Math::max);
        kinds.put(rows.getString("wait"), rows.getString("locktype"));
      }
    }
  }

  /** Ends watching. */
  @Override
  public void close() {
    over.set(true);
    try {
      watching.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      thread.shutdown();
    }
  }

  /** Tells, once it is closed, what was seen. */
  String report(Duration duration) {
    LongSummaryStatistics all =
        waits.values().stream().mapToLong(Long::longValue).summaryStatistics();
    long tooLong = waits.values().stream().filter(micros -> micros > 50_000).count();
    StringBuilder text = new StringBuilder();
    text.append(
        "lock waits seen: %d in %d looks over %.1f s, %.1f ms on average, %d over 50 ms%n"
            .formatted(
                all.getCount(),
                looks,
                duration.toMillis() / 1000.0,
                all.getAverage() / 1000,
                tooLong));
    Map<String, Long> longest = new HashMap<>();
    waits.forEach((wait, micros) -> longest.merge(kinds.get(wait), micros, Math::max));
    longest.forEach((kind, micros) ->
        text.append("  longest for %s: %.1f ms%n".formatted(kind, micros / 1000.0)));
    return text.toString();
  }
}
