package io.orlop.system.bootstrap;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What the database knows about its own installation. Each method is one statement, so that several
 * processes may start on one database at the same time.
 */
@ApplicationScoped
class InstallationFacts {
  private final DataSource dataSource;

  InstallationFacts(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  Optional<String> find(String name) {
    return query("SELECT value FROM installation WHERE name = ?", name);
  }

  /** Records a fact unless it is known, and returns what is known then. */
  String findOrRecord(String name, String value) {
    update(
        "INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        name,
        value);
    return find(name).orElse(value);
  }

  void replace(String name, String value) {
    update("UPDATE installation SET value = ? WHERE name = ?", value, name);
  }

  /** Returns one of PostgreSQL's settings. */
  String databaseSetting(String name) {
    return query("SELECT current_setting(?)", name).orElse("");
  }

  private Optional<String> query(String sql, String parameter) {
    try (var connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read the database: " + e.getMessage(), e);
    }
  }

  private void update(String sql, String first, String second) {
    try (var connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, first);
      statement.setString(2, second);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot write to the database: " + e.getMessage(), e);
    }
  }
}
