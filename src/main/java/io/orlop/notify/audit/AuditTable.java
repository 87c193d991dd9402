package io.orlop.notify.audit;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The log in the database, with its totals, which every statement here keeps right. */
@ApplicationScoped
class AuditTable {
  /** What stands for no project, robot or token. */
  private static final long NONE = 0;

  private static final String INSERT =
      Database.LAZY_COMMIT
          + """
          , entry AS MATERIALIZED (
            SELECT timestamptz 'epoch' + e.at * interval '1 microsecond' AS op_time, e.*
              FROM lazy, unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                                ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                                ?::bigint[])
                   AS e (at, project, username, operation, resource_type, resource, succeeded,
                         auth_method, client_address, user_agent, request_id, robot, token)),
          total AS (
            INSERT INTO audit_total (project_id, entries)
            SELECT project, count(*) FROM entry GROUP BY project ORDER BY project
            ON CONFLICT (project_id)
              DO UPDATE SET entries = audit_total.entries + excluded.entries)
          INSERT INTO audit_log (op_time, project_id, username, operation, resource_type, resource,
                                 succeeded, auth_method, client_address, user_agent, request_id,
                                 robot_id, token_id)
          SELECT op_time, nullif(project, 0), username, operation, resource_type, resource,
                 succeeded::boolean, auth_method, client_address, user_agent, request_id,
                 nullif(robot, 0), nullif(token, 0)
            FROM entry
          """;

  /** Takes the condition on those to go, and their number. */
  private static final String DELETE =
      """
      WITH old AS MATERIALIZED (
             SELECT id FROM audit_log WHERE %s ORDER BY op_time, id LIMIT ?),
           gone AS (
             DELETE FROM audit_log a USING old WHERE a.id = old.id
             RETURNING coalesce(a.project_id, 0) AS project),
           fewer AS (SELECT project, count(*) AS n FROM gone GROUP BY project),
           held AS MATERIALIZED (
             SELECT t.project_id, f.n FROM audit_total t JOIN fewer f ON f.project = t.project_id
              ORDER BY t.project_id FOR NO KEY UPDATE OF t),
           total AS (
             UPDATE audit_total t SET entries = t.entries - h.n FROM held h
              WHERE t.project_id = h.project_id)
      SELECT count(*) FROM gone
      """;

  private static final String DELETE_BEFORE = DELETE.formatted("op_time < ?");
  private static final String DELETE_PULLS = DELETE.formatted("operation = 'pull'");
  private static final String DELETE_OLDEST = DELETE.formatted("true");

  private final Database database;

  AuditTable(Database database) {
    this.database = database;
  }

  /** Adds entries, without waiting for the disk. */
  void insert(List<AuditEntry> entries) {
    database.update(
        INSERT,
        numbers(entries, entry -> ChronoUnit.MICROS.between(Instant.EPOCH, entry.at())),
        numbers(entries, entry -> orNone(entry.project())),
        texts(entries, entry -> entry.actor().name()),
        texts(entries, AuditEntry::operation),
        texts(entries, AuditEntry::resourceType),
        texts(entries, AuditEntry::resource),
        texts(entries, entry -> Boolean.toString(entry.succeeded())),
        texts(entries, entry -> entry.actor().method()),
        texts(entries, entry -> entry.actor().address()),
        texts(entries, entry -> entry.actor().userAgent()),
        texts(entries, entry -> entry.actor().requestId()),
        numbers(entries, entry -> orNone(entry.actor().robotId())),
        numbers(entries, entry -> orNone(entry.actor().tokenId())));
  }

  /** Returns how many entries there are. */
  long total() {
    return database.one("SELECT coalesce(sum(entries), 0) FROM audit_total", row -> row.getLong(1));
  }

  /** Returns how many entries there are of some projects. */
  long totalOf(long[] projects) {
    return database.one(
        "SELECT coalesce(sum(entries), 0) FROM audit_total WHERE project_id = ANY (?)",
        row -> row.getLong(1),
        projects);
  }

  /** Deletes the oldest entries from before a time; returns how many. */
  long deleteBefore(Instant time, int most) {
    return database.one(DELETE_BEFORE, row -> row.getLong(1), time, most);
  }

  /** Deletes the oldest pulls; returns how many. */
  long deletePulls(int most) {
    return database.one(DELETE_PULLS, row -> row.getLong(1), most);
  }

  /** Deletes the oldest entries; returns how many. */
  long deleteOldest(int most) {
    return database.one(DELETE_OLDEST, row -> row.getLong(1), most);
  }

  private static long[] numbers(List<AuditEntry> entries, ToLongFunction<AuditEntry> number) {
    return entries.stream().mapToLong(number).toArray();
  }

  private static List<String> texts(List<AuditEntry> entries, Function<AuditEntry, String> text) {
    return entries.stream().map(text).map(AuditEntry::stored).toList();
  }

  private static long orNone(OptionalLong id) {
    return id.orElse(NONE);
  }
}
