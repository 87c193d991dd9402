package io.orlop.notify.audit;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Knows how many entries there are of each day, and of each minute and busy second of the whole
 * log, which the database counts as they come and go.
 */
@ApplicationScoped
class AuditDays {
  /** Stands for all projects and the system together. */
  private static final long ALL = -1;

  /**
   * Finds the row of a table of spans that so many newer entries come before. Takes the name of the
   * span, from when on, until when, and how many entries.
   */
  private static final String HOLDING =
      """
      SELECT n.%1$s, n.entries, n.newer
        FROM (SELECT t.%1$s, t.entries,
                     sum(t.entries) OVER (ORDER BY t.%1$s DESC) - t.entries AS newer
                FROM audit_%1$s t WHERE t.%1$s >= %2$s AND t.%1$s < %3$s) n
       WHERE n.newer <= %4$s ORDER BY n.%1$s LIMIT 1
      """;

  /** Only of minutes with so many entries does the database count the seconds. */
  private static final String SPAN =
      """
      SELECT coalesce(s.second + interval '1 second', m.minute + interval '1 minute') AS until,
             m.newer + coalesce(s.newer, 0) AS newer
        FROM (%s) m LEFT JOIN LATERAL (%s) s ON m.entries >= 10000
      """
          .formatted(
              HOLDING.formatted("minute", "?", "?", "?"),
              HOLDING.formatted(
                  "second", "m.minute", "m.minute + interval '1 minute'", "? - m.newer"));

  private final Database database;

  AuditDays(Database database) {
    this.database = database;
  }

  /**
   * A day of the log.
   *
   * @param end the moment after its last
   * @param newerEntries how many entries there are from then on
   * @param allEntries how many there are of all days
   */
  record Day(Instant end, long newerEntries, long allEntries) {}

  /**
   * Finds the day of the entry that so many newer ones come before; the first of all days if there
   * are not so many. There is none without entries.
   *
   * @param projects of which projects the entries are; empty for all of them and the system's
   */
  Optional<Day> holding(Optional<long[]> projects, long offset) {
    return database.first(
        """
        SELECT (n.day + 1)::timestamp AT TIME ZONE 'UTC' AS until, n.newer, n.total
          FROM (SELECT d.day, sum(sum(d.entries)) OVER (ORDER BY d.day DESC) - sum(d.entries) AS newer,
                       sum(sum(d.entries)) OVER () AS total
                  FROM audit_day d WHERE d.project_id = ANY (?) GROUP BY d.day) n
         WHERE n.newer <= ? ORDER BY n.day LIMIT 1
        """,
        row -> new Day(Database.instant(row, "until"), row.getLong("newer"), row.getLong("total")),
        projects.orElse(new long[] {ALL}),
        offset);
  }

  /** Forgets days before one of which nothing is left. */
  void forgetBefore(Instant time) {
    database.update(
        "DELETE FROM audit_day WHERE entries = 0 AND day < (?::timestamptz AT TIME ZONE 'UTC')::date",
        time);
  }

  /**
   * A minute of the whole log, or a second of one with many entries.
   *
   * @param end the moment after its last
   * @param newerEntries how many entries of its day there are from then on
   */
  record Span(Instant end, long newerEntries) {}

  /** Finds the span of a day's entry that so many newer ones of that day come before. */
  Optional<Span> spanHolding(Day day, long offset) {
    return database.first(
        SPAN,
        row -> new Span(Database.instant(row, "until"), row.getLong("newer")),
        day.end().minus(Duration.ofDays(1)),
        day.end(),
        offset,
        offset);
  }
}
