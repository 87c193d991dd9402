package io.orlop.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The registry of a large company, written straight into Orlop's database: pushing it would take
 * hours. Its artifacts have no blobs, which no list looks at.
 */
final class RestSeeds {
  static final int PROJECTS = 1_000;
  static final int REPOSITORIES = 100;
  static final int ARTIFACTS = 10;
  static final int LOG = 1_000_000;

  /** Somebody who is a member of a few projects, and no administrator. */
  static final String MEMBER = "member";

  static final int PROJECTS_OF_MEMBER = 20;

  private static final List<String> PEOPLE =
      List.of(
          """
          INSERT INTO users (id, username, email)
          SELECT 1000 + n, 'user-' || lpad(n::text, 4, '0'), 'user-' || n || '@example.com'
            FROM generate_series(1, 1000) n
          """,
          """
          INSERT INTO project (id, name, public, owner_id, created_at)
          SELECT 1000 + n, 'team-' || lpad(n::text, 4, '0'), n %% 10 = 0, 1000 + n,
                 now() - (1000 - n) * interval '8 hours'
            FROM generate_series(1, %1$d) n
          """,
          "INSERT INTO quota (project_id, used) SELECT 1000 + n, n FROM generate_series(1, %1$d) n",
          """
          INSERT INTO project_member (project_id, user_id, role)
          SELECT 1000 + p, 1001 + (p + m * 97) %% 1000, 1 + m %% 5
            FROM generate_series(1, %1$d) p, generate_series(0, 9) m
          """,
          """
          INSERT INTO project_member (project_id, user_id, role)
          SELECT 1000 + p * %1$d / %6$d, u.id, 1 FROM users u, generate_series(1, %6$d) p
           WHERE u.username = '%5$s'
          """);

  private static final String REPOSITORY =
      """
      INSERT INTO repository (id, project_id, name, created_at, listed_at, updated_at,
                              artifact_count, pull_count)
      SELECT 1000000 + p * %2$d + r, 1000 + p,
             'team-' || lpad(p::text, 4, '0') || '/service-' || lpad(r::text, 3, '0'),
             t.at, t.at, t.at, %3$d, p * r %% 977
        FROM generate_series(1, %1$d) p, generate_series(1, %2$d) r,
             LATERAL (SELECT now() - (p * r * 7919 %% 8640000) * interval '1 second' AS at) t
      """;

  private static final String ARTIFACT =
      """
      INSERT INTO artifact (id, repository_id, digest, media_type, config_media_type, manifest, size,
                            pushed_at, type, total_size, config_digest, extra_attrs)
      SELECT 10000000 + n, 1000000 + (n - 1) / %3$d + %2$d + 1, d.manifest,
             'application/vnd.oci.image.manifest.v1+json',
             'application/vnd.oci.image.config.v1+json',
             convert_to('{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",'
               || '"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"'
               || d.config || '","size":1470},"layers":[{"mediaType":'
               || '"application/vnd.oci.image.layer.v1.tar+gzip","digest":"' || d.manifest
               || '","size":3401613}]}', 'UTF8'),
             407, now() - ((%1$d * %2$d * %3$d - n) * interval '20 seconds'), 'IMAGE', 3403490, d.config,
             '{"created":"2026-01-02T03:04:05Z","architecture":"amd64","os":"linux","config":'
               || '{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],'
               || '"Cmd":["/bin/sh"]},"author":""}'
        FROM generate_series(1, %1$d * %2$d * %3$d) n,
             LATERAL (SELECT 'sha256:' || encode(sha256(int8send(n)), 'hex') AS manifest,
                             'sha256:' || encode(sha256(int8send(-n)), 'hex') AS config) d
      """;

  private static final String TAG =
      """
      INSERT INTO tag (repository_id, name, artifact_id)
      SELECT 1000000 + (n - 1) / %3$d + %2$d + 1, '1.0.' || n %% %3$d, 10000000 + n
        FROM generate_series(1, %1$d * %2$d * %3$d) n
      """;

  /** Two of three are pulls, most of them of few repositories. */
  private static final String LOG_ENTRY =
      """
      INSERT INTO audit_log (op_time, project_id, username, operation, resource_type, resource,
                             succeeded, auth_method, client_address, user_agent, request_id)
      SELECT now() - (%4$d - n) * interval '25 seconds', 1000 + p,
             'user-' || lpad((1 + n * 31 %% 1000)::text, 4, '0'),
             CASE WHEN n %% 3 > 0 THEN 'pull' WHEN n %% 30 = 0 THEN 'delete' ELSE 'create' END,
             'artifact',
             'team-' || lpad(p::text, 4, '0') || '/service-' || lpad(r::text, 3, '0')
               || CASE WHEN n %% 30 = 0 THEN '@sha256:' || encode(sha256(int8send(n)), 'hex')
                       ELSE ':1.0.' || n %% %3$d END,
             true, 'password', '10.0.' || n %% 8 || '.' || n %% 251,
             'docker/28.0.1 go/go1.23.6 kernel/6.8.0 os/linux arch/amd64',
             encode(substr(sha256(int8send(n)), 1, 16), 'hex')
        FROM (SELECT n, 1 + (n::bigint * n) %% %1$d AS p, 1 + (n::bigint * n / 7) %% %2$d AS r
                FROM generate_series(1, %4$d) n) e
      """;

  /** What triggers keep otherwise. */
  private static final List<String> SUMS =
      List.of(
          """
          INSERT INTO project_repositories (project_id, repositories)
          SELECT 1000 + p, %2$d FROM generate_series(1, %1$d) p
          """,
          """
          INSERT INTO repository_day (day, repositories)
          SELECT (created_at AT TIME ZONE 'UTC')::date, count(*) FROM repository WHERE id > 1000000
           GROUP BY 1
          """,
          "INSERT INTO stored_bytes (bytes) SELECT sum(size) FROM artifact WHERE id > 10000000",
          """
          INSERT INTO audit_total (project_id, entries)
          SELECT project_id, count(*) FROM audit_log WHERE project_id > 1000 GROUP BY project_id
          """,
          """
          INSERT INTO audit_day (project_id, day, entries)
          SELECT p.id, (a.op_time AT TIME ZONE 'UTC')::date, count(*)
            FROM audit_log a, LATERAL (VALUES (a.project_id), (-1)) AS p (id)
           WHERE a.project_id > 1000 GROUP BY 1, 2
          ON CONFLICT (project_id, day) DO UPDATE SET entries = audit_day.entries + excluded.entries
          """,
          """
          INSERT INTO audit_minute AS m (minute, entries)
          SELECT date_bin('1 minute', op_time, 'epoch'), count(*) FROM audit_log
           WHERE project_id > 1000 GROUP BY 1
          ON CONFLICT (minute) DO UPDATE SET entries = m.entries + excluded.entries
          """,
          """
          INSERT INTO audit_second (second, entries)
          SELECT date_bin('1 second', a.op_time, 'epoch'), count(*)
            FROM audit_minute m
            JOIN audit_log a ON a.op_time >= m.minute AND a.op_time < m.minute + interval '1 minute'
           WHERE m.entries >= 10000 GROUP BY 1
          ON CONFLICT (second) DO UPDATE SET entries = excluded.entries
          """,
          """
          INSERT INTO audit_name (field, name, used_at)
          SELECT w.field, w.name, max(a.op_time)
            FROM audit_log a,
                 LATERAL (VALUES ('resource', a.resource), ('username', a.username)) AS w (field, name)
           WHERE a.project_id > 1000 GROUP BY 1, 2
          """,
          "VACUUM ANALYZE");

  private final Orlop orlop;

  RestSeeds(Orlop orlop) {
    this.orlop = orlop;
  }

  /** Plants all of it. */
  void plant() throws IOException, InterruptedException {
    all(PEOPLE);
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Future<Void>> running = new ArrayList<>();
      running.add(two.submit(table("artifact", ARTIFACT)));
      running.add(two.submit(table("audit_log", LOG_ENTRY)));
      running.add(two.submit(table("repository", REPOSITORY)));
      running.add(two.submit(table("tag", TAG)));
      for (Future<Void> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
    all(SUMS);
  }

  private Callable<Void> table(String name, String insert) {
    return () -> {
      try (Connection database = connect();
          Statement statement = database.createStatement()) {
        Map<String, String> definitions = indexes(statement, name);
        List<String> drops =
            definitions.keySet().stream().map(index -> "DROP INDEX " + index).toList();
        execute(statement, drops);
        execute(statement, List.of(filled(insert)));
        execute(statement, List.copyOf(definitions.values()));
        return null;
      }
    };
  }

  /** Those that are no one's key: an index is made much quicker than kept. */
  private static Map<String, String> indexes(Statement statement, String table)
      throws SQLException {
    Map<String, String> definitions = new LinkedHashMap<>();
    String sql =
        """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
         WHERE indrelid = '%s'::regclass AND NOT indisunique
        """
            .formatted(table);
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        definitions.put(row.getString(1), row.getString(2));
      }
    }
    return definitions;
  }

  private void all(List<String> statements) throws IOException {
    try (Connection database = connect();
        Statement statement = database.createStatement()) {
      execute(statement, statements.stream().map(RestSeeds::filled).toList());
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /**
   * Keys to other tables hold by how the rows are made: to check each would take most of the time.
   */
  private Connection connect() throws IOException, SQLException {
    Connection database = orlop.database("postgres");
    try (Statement statement = database.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.execute("SET synchronous_commit = off");
      statement.execute("SET maintenance_work_mem = '256MB'");
    }
    return database;
  }

  private static void execute(Statement statement, List<String> all) throws SQLException {
    for (String one : all) {
      statement.execute(one);
    }
  }

  private static String filled(String sql) {
    return String.format(
        Locale.ROOT, sql, PROJECTS, REPOSITORIES, ARTIFACTS, LOG, MEMBER, PROJECTS_OF_MEMBER);
  }
}
