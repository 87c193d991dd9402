package io.orlop.system.bootstrap;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * What the database knows about its own installation. Each method is one statement, so that several
 * processes may start on one database at the same time.
 */
@ApplicationScoped
public class InstallationFacts {
  /** Reads the value of a name. */
  public static final String FIND = "SELECT value FROM installation WHERE name = ?";

  /** Changes the value, the first parameter, of a name, the second. */
  public static final String REPLACE = "UPDATE installation SET value = ? WHERE name = ?";

  private final Database database;

  InstallationFacts(Database database) {
    this.database = database;
  }

  Optional<String> find(String name) {
    return database.first(FIND, row -> row.getString(1), name);
  }

  /** Records a fact unless it is known, and returns what is known then. */
  String findOrRecord(String name, String value) {
    database.update(
        "INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        name,
        value);
    return find(name).orElse(value);
  }

  void replace(String name, String value) {
    database.update(REPLACE, value, name);
  }

  /** Returns one of PostgreSQL's settings. */
  String databaseSetting(String name) {
    return database.one("SELECT current_setting(?)", row -> row.getString(1), name);
  }
}
