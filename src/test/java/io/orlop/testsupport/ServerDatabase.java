package io.orlop.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A way into the embedded database of a running {@link OrlopServer}, as the role that Orlop uses
 * unless told otherwise.
 */
public final class ServerDatabase implements AutoCloseable {
  private static final int LINE_OF_PORT = 3;

  private final Connection connection;

  private ServerDatabase(Connection connection) {
    this.connection = connection;
  }

  /** Connects to the database of the server on a data folder. */
  public static ServerDatabase of(Path data) throws SQLException {
    return of(data, "orlop");
  }

  /** Connects to it as somebody who may change PostgreSQL's settings. */
  public static ServerDatabase asSuperuser(Path data) throws SQLException {
    return of(data, "postgres");
  }

  private static ServerDatabase of(Path data, String role) throws SQLException {
    Path postgres = data.resolve("postgres");
    try {
      List<String> lines = Files.readAllLines(postgres.resolve("18/postmaster.pid"));
      String password = Files.readString(postgres.resolve("password"));
      return new ServerDatabase(
          DriverManager.getConnection(
              "jdbc:postgresql://127.0.0.1:%s/orlop?sslmode=disable"
                  .formatted(lines.get(LINE_OF_PORT).strip()),
              role,
              password));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the connection. */
  public Connection connection() {
    return connection;
  }

  /** Lets periodic work run as soon as its scheduler looks again, which takes some seconds. */
  public void wake(String work) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "UPDATE scheduled_tasks SET execution_time = now() WHERE task_name = ? AND NOT picked")) {
      statement.setString(1, work);
      statement.executeUpdate();
    }
  }

  /** Runs a query and returns the first column of its first row. */
  public String query(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
