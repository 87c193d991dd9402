package io.orlop.system.backup;

import io.orlop.system.console.CommandFailedException;
import io.orlop.system.installation.InstalledDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The tables of a database that a registry is restored into, made as the server makes them. */
final class Schema {
  private static final String MIGRATIONS = "db/migration";

  private Schema() {}

  /**
   * Refuses a backup whose schema this build does not know.
   *
   * @throws CommandFailedException if a newer Orlop wrote it
   */
  static void requireKnown(BackupManifest manifest) {
    String script = MIGRATIONS + "/" + manifest.schema().script();
    if (Thread.currentThread().getContextClassLoader().getResource(script) == null) {
      throw new CommandFailedException(
          "The backup was written by Orlop %s, which is newer than this one: restore it with that."
              .formatted(manifest.orlop()));
    }
  }

  /** Makes the tables as a version had them. */
  static void migrateTo(InstalledDatabase database, String version) {
    flyway(database).target(version).load().migrate();
  }

  /** Brings the tables to this build's version. */
  static void migrate(InstalledDatabase database) {
    flyway(database).load().migrate();
  }

  private static FluentConfiguration flyway(InstalledDatabase database) {
    return Flyway.configure(Thread.currentThread().getContextClassLoader())
        .dataSource(database.dataSource())
        .locations(MIGRATIONS);
  }

  /** Tells whether there is no table at all. */
  static boolean isEmpty(Connection connection) throws SQLException {
    return Sql.texts(
            connection,
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
                + " AND relkind = 'r' LIMIT 1")
        .isEmpty();
  }

  /** Tells whether there is a table. */
  static boolean has(Connection connection, String table) throws SQLException {
    return !Sql.texts(connection, "SELECT relname FROM pg_class WHERE oid = to_regclass(?)", table)
        .isEmpty();
  }

  /** Tells whether somebody has an account. */
  static boolean hasUsers(Connection connection) throws SQLException {
    return has(connection, "users")
        && !Sql.texts(connection, "SELECT username FROM users LIMIT 1").isEmpty();
  }
}
