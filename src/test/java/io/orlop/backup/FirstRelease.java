package io.orlop.backup;

import io.orlop.testsupport.ExternalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * A database as the first release had it.
 *
 * @param url its JDBC URL
 */
record FirstRelease(String url, String user, String password) {
  private static final String NEWEST_OF_IT = "202611212202";

  /** In the order in which they may be filled. */
  private static final List<String> TABLES =
      List.of(
          "users",
          "signing_key",
          "refresh_token",
          "project",
          "project_member",
          "repository",
          "blob",
          "repository_blob",
          "artifact",
          "artifact_blob",
          "artifact_child",
          "tag",
          "upload_session",
          "installation");

  /** Makes one that is empty. */
  static FirstRelease in(ExternalPostgres postgres) throws SQLException {
    postgres.administrate("CREATE DATABASE first_release OWNER " + postgres.user());
    String url = postgres.url().replaceFirst("/orlop\\b", "/first_release");
    Flyway.configure()
        .dataSource(url, postgres.user(), postgres.password())
        .locations("filesystem:db-migrations")
        .target(NEWEST_OF_IT)
        .load()
        .migrate();
    return new FirstRelease(url, postgres.user(), postgres.password());
  }

  /** Fills it with what that release would have kept of a registry of today. */
  void takeOver(ExternalPostgres postgres) throws SQLException {
    try (Connection from = postgres.connect();
        Connection to = DriverManager.getConnection(url, user, password)) {
      for (String table : TABLES) {
        copy(from, to, table);
      }
    }
  }

  private static void copy(Connection from, Connection to, String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet found = to.getMetaData().getColumns(null, "public", table, null)) {
      while (found.next()) {
        columns.add(found.getString("COLUMN_NAME"));
      }
    }
    String list = String.join(", ", columns);
    String places = String.join(", ", columns.stream().map(_ -> "?").toList());
    try (Statement select = from.createStatement();
        ResultSet rows = select.executeQuery("SELECT " + list + " FROM " + table);
        var insert =
            to.prepareStatement(
                "INSERT INTO " + table + " (" + list + ") VALUES (" + places + ")")) {
      while (rows.next()) {
        for (int i = 1; i <= columns.size(); i++) {
          insert.setObject(i, rows.getObject(i));
        }
        insert.executeUpdate();
      }
    }
    if (columns.contains("id") && !table.equals("upload_session")) {
      try (Statement statement = to.createStatement()) {
        statement.execute(
            "SELECT setval(pg_get_serial_sequence('%s', 'id'), coalesce(max(id), 1)) FROM %s"
                .formatted(table, table));
      }
    }
  }
}
