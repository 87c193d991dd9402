package io.orlop.identity.robot;

import io.orlop.identity.robot.RobotPermission.Kind;
import io.orlop.platform.persistence.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads robot accounts from rows, each with all that it may do: a page is one statement. */
final class RobotRows {
  /** No word of a permission and no name of a project has one. */
  private static final String SEPARATOR = "\\|";

  static final String SELECT =
      """
      SELECT r.id, r.name, r.project_id, r.description, r.duration, r.disabled, r.editable,
             r.creator_type, r.creator_ref, r.addresses, r.last_used_at, r.last_used_address,
             r.created_at, r.updated_at,
             ARRAY(SELECT concat_ws('|', g.entry, g.kind, coalesce(g.project_id, 0),
                                    coalesce(p.name, ''), g.resource, g.action, g.effect)
                     FROM robot_permission g LEFT JOIN project p ON p.id = g.project_id
                    WHERE g.robot_id = r.id ORDER BY g.position) AS permissions
        FROM robot r
      """;

  private RobotRows() {}

  static RobotAccount account(ResultSet row) throws SQLException {
    return new RobotAccount(
        row.getLong("id"),
        row.getString("name"),
        row.getObject("project_id", Long.class),
        row.getString("description"),
        row.getLong("duration"),
        row.getBoolean("disabled"),
        row.getBoolean("editable"),
        row.getString("creator_type"),
        row.getLong("creator_ref"),
        texts(row, "permissions").stream().map(RobotRows::permission).toList(),
        texts(row, "addresses"),
        time(row, "last_used_at"),
        row.getString("last_used_address"),
        Database.instant(row, "created_at"),
        Database.instant(row, "updated_at"));
  }

  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static List<String> texts(ResultSet row, String column) throws SQLException {
    return Stream.of((String[]) row.getArray(column).getArray()).toList();
  }

  private static RobotPermission permission(String text) {
    String[] parts = text.split(SEPARATOR, -1);
    long project = Long.parseLong(parts[2]);
    return new RobotPermission(
        Integer.parseInt(parts[0]),
        parts[1].equals(Kind.SYSTEM.wireName()) ? Kind.SYSTEM : Kind.PROJECT,
        project == 0 ? null : project,
        parts[3],
        parts[4],
        parts[5],
        parts[6]);
  }
}
