package io.orlop.catalog.project;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the lists of vulnerabilities that do not count. */
@ApplicationScoped
public class CveAllowlists {
  private static final long SYSTEM = 0;

  private final Database database;

  CveAllowlists(Database database) {
    this.database = database;
  }

  /** Returns the list of the whole registry. */
  public CveAllowlist ofSystem() {
    return database
        .first(
            """
            SELECT a.id AS allowlist_id, a.expires_at, a.items, a.created_at AS listed_at,
                   a.updated_at AS list_updated_at
              FROM cve_allowlist a WHERE coalesce(a.project_id, 0) = 0
            """,
            row -> read(row, SYSTEM))
        .orElseGet(() -> CveAllowlist.none(SYSTEM));
  }

  /** Replaces the list of the whole registry. */
  public void setSystem(CveAllowlist.Change change) {
    set(null, change);
  }

  /** Replaces the list of a project. */
  void set(@Nullable Long projectId, CveAllowlist.Change change) {
    database.update(
        """
        INSERT INTO cve_allowlist (project_id, expires_at, items) VALUES (?, ?, ?)
        ON CONFLICT (coalesce(project_id, 0))
          DO UPDATE SET expires_at = excluded.expires_at, items = excluded.items,
                        updated_at = now()
        """,
        projectId,
        change.expiresAt(),
        change.cveIds());
  }

  /** Reads a list from a row that may have none. */
  static CveAllowlist read(ResultSet row, long projectId) throws SQLException {
    long id = row.getLong("allowlist_id");
    return row.wasNull()
        ? CveAllowlist.none(projectId)
        : new CveAllowlist(
            id,
            projectId,
            row.getObject("expires_at", Long.class),
            List.of((String[]) row.getArray("items").getArray()),
            Database.instant(row, "listed_at"),
            Database.instant(row, "list_updated_at"));
  }
}
