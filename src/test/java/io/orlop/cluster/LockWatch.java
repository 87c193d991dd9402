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
      SELECT w.pid || ' ' || w.waitstart AS wait, w.locktype, w.micros, held.*
        FROM (SELECT pid, waitstart, locktype,
                     (extract(epoch FROM clock_timestamp() - waitstart) * 1000000)::bigint AS micros
                FROM pg_locks WHERE NOT granted AND waitstart IS NOT NULL) w
        LEFT JOIN LATERAL
               (SELECT string_agg(
                         coalesce(a.wait_event, 'running') || ' in ' || a.state || ' '
                           || ARRAY(SELECT m[1] FROM regexp_matches(
                                      a.query, '(?:INTO|DELETE FROM|^UPDATE) (\\w+)', 'g') m)::text,
                         ' and ') AS by_whom
                  FROM pg_stat_activity a
                 WHERE a.pid = ANY (pg_blocking_pids(w.pid))) held ON w.micros > 20000
      """;

  /** Of so long waits it is told whom they were for. */
  private static final long LONG = 20_000;

  private final Map<String, Long> waits = new HashMap<>();
  private final Map<String, String> kinds = new HashMap<>();
  private final Map<String, String> holders = new HashMap<>();
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
        String holder = rows.getString("by_whom");
        if (holder != null) {
          holders.put(rows.getString("wait"), holder);
        }
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
    waits.entrySet().stream()
        .filter(wait -> wait.getValue() > LONG)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(10)
        .forEach(wait ->
            text.append(
                "  %.1f ms for %s%n"
                    .formatted(wait.getValue() / 1000.0, holders.get(wait.getKey()))));
    return text.toString();
  }
}
