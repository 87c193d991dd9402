package io.orlop.catalog.project;

import io.orlop.platform.persistence.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the rows of projects, each with all that people are shown of it. */
final class ProjectRows {
  /** Reads {@code project p}. */
  static final String SELECT =
      """
      SELECT p.id, p.name, p.public, p.owner_id, u.username AS owner_name, p.created_at,
             p.updated_at,
             ARRAY(SELECT unnest(ARRAY[key, value]) FROM jsonb_each_text(p.metadata)) AS metadata,
             a.id AS allowlist_id, a.expires_at, a.items, a.created_at AS listed_at,
             a.updated_at AS list_updated_at,
             (SELECT coalesce(sum(c.repositories), 0) FROM project_repositories c
               WHERE c.project_id = p.id) AS repositories
        FROM project p
        LEFT JOIN users u ON u.id = p.owner_id
        LEFT JOIN cve_allowlist a ON coalesce(a.project_id, 0) = p.id
      """;

  private ProjectRows() {}

  static ProjectInfo read(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new ProjectInfo(
        id,
        row.getString("name"),
        row.getBoolean("public"),
        row.getObject("owner_id", Long.class),
        row.getString("owner_name"),
        row.getLong("repositories"),
        pairs((String[]) row.getArray("metadata").getArray()),
        CveAllowlists.read(row, id),
        Database.instant(row, "created_at"),
        Database.instant(row, "updated_at"));
  }

  /** The names of settings, for {@code jsonb_object(?::text[], ?::text[])}. */
  static Collection<String> names(Map<MetadataKey, String> settings) {
    return settings.keySet().stream().map(MetadataKey::wireName).collect(Collectors.toList());
  }

  private static Map<String, String> pairs(String[] texts) {
    Map<String, String> pairs = new TreeMap<>();
    for (int i = 0; i + 1 < texts.length; i += 2) {
      pairs.put(texts[i], texts[i + 1]);
    }
    return pairs;
  }
}
