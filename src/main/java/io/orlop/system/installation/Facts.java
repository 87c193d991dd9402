package io.orlop.system.installation;

import io.orlop.system.bootstrap.InstallationFacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What the database knows about its own installation, where there is no framework: {@link
 * InstallationFacts} over plain connections.
 */
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
    try (PreparedStatement statement = connection.prepareStatement(InstallationFacts.FIND)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** Changes a fact on a connection of its own. */
  public static void replace(InstalledDatabase database, String name, String value)
      throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(InstallationFacts.REPLACE)) {
      statement.setString(1, value);
      statement.setString(2, name);
      statement.executeUpdate();
    }
  }
}
