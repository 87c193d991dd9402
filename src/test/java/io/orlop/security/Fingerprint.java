package io.orlop.security;

import io.orlop.catalog.upload.RowsOfUploads;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that the database knows of a project, in short, to see whether something has changed. */
@ApplicationScoped
class Fingerprint {
  /** What looking, signing in and adding up in the background may change. */
  private static final String PASSING =
      "'{last_used_at,last_used_address,pull_count,artifact_count,updated_at,used}'::text[]";

  /** Sums of other rows, which are put together and worked off in the background. */
  private static final String SUMS =
      "('quota_change', 'content_check', 'project_content', 'project_repositories')";

  private final Database database;
  private final RowsOfUploads uploads;

  Fingerprint(Database database, RowsOfUploads uploads) {
    this.uploads = uploads;
    this.database = database;
  }

  /** Returns a sum of each table. */
  Map<String, String> of(long projectId) {
    uploads.write();
    List<String> tables =
        database.list(
            """
            SELECT c.table_name FROM information_schema.columns c
              JOIN pg_class t ON t.oid = format('%%I.%%I', c.table_schema, c.table_name)::regclass
             WHERE c.table_schema = current_schema() AND c.column_name = 'project_id'
               AND t.relkind = 'r' AND c.table_name NOT LIKE '%%audit%%'
               AND c.table_name NOT IN %s ORDER BY 1
            """
                .formatted(SUMS),
            row -> row.getString(1));
    Map<String, String> sums = new TreeMap<>();
    tables.forEach(table -> sums.put(table, of(table, "project_id", projectId)));
    sums.put("project", of("project", "id", projectId));
    return sums;
  }

  /** Returns the rows of a table that belong to a project. */
  String rows(String table, long projectId) {
    uploads.write();
    String column = table.equals("project") ? "id" : "project_id";
    return database.one(
        "SELECT coalesce(jsonb_agg(t)::text, '') FROM %s t WHERE t.%s = ?".formatted(table, column),
        row -> row.getString(1),
        projectId);
  }

  private String of(String table, String column, long id) {
    return database.one(
        """
        SELECT coalesce(md5(string_agg(x, '' ORDER BY x)), '')
          FROM (SELECT (to_jsonb(t) - %s)::text AS x FROM %s t WHERE t.%s = ?) AS q
        """
            .formatted(PASSING, table, column),
        row -> row.getString(1),
        id);
  }
}
