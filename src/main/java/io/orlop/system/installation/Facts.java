package io.orlop.system.installation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** What the database knows about its own installation. */
public final class Facts {
  private Facts() {}

  /** Reads a fact on a connection of its own. */
  public static Optional<String> find(InstalledDatabase database, String name) throws SQLException {
    try (Connection connection = database.connect()) {
      return find(connection, name);
    }
  }

  /** Reads a fact, in the transaction of the connection. */
  public static Optional<String> find(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT value FROM installation WHERE name = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }
}
