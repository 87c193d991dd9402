package io.orlop.system.backup;

import io.orlop.system.backup.BackupManifest.Sequence;
import io.orlop.system.backup.BackupManifest.Table;
import io.orlop.system.bootstrap.DatabaseCheck;
import io.orlop.system.bootstrap.StoreCheck;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Puts a dump into a database that has the dump's schema and nothing of value, or nothing at all.
 */
final class DatabaseLoad {
  private final Connection connection;
  private final Dump dump;
  private final BackupManifest manifest;

  /** Prepares it; the connection is used for one transaction. */
  DatabaseLoad(Connection connection, Dump dump, BackupManifest manifest) {
    this.connection = connection;
    this.dump = dump;
    this.manifest = manifest;
  }

  /**
   * Puts everything in, or nothing.
   *
   * @param storeFact what the database is to know about its store
   */
  void run(String storeFact) throws IOException, SQLException {
    connection.setAutoCommit(false);
    // What rows bring about when they are written is in the dump already.
    execute("SELECT set_config('orlop.restoring', 'on', true)");
    List<Table> tables = TableOrder.of(connection).sorted(manifest.tables());
    for (Table table : tables.reversed()) {
      // Migrations may have put rows there; tables that are not in the dump refer to some.
      execute("DELETE FROM " + Sql.name(table.name()));
    }
    for (Table table : tables) {
      copyIn(table);
    }
    for (Sequence sequence : manifest.sequences()) {
      if (sequence.last() > 0) {
        setSequence(sequence);
      }
    }
    // Another server may serve it from now on, with another store.
    execute("DELETE FROM installation WHERE name = ?", DatabaseCheck.FACT);
    execute("DELETE FROM installation WHERE name = ?", StoreCheck.FACT);
    execute("INSERT INTO installation (name, value) VALUES (?, ?)", StoreCheck.FACT, storeFact);
    connection.commit();
  }

  private void copyIn(Table table) throws IOException, SQLException {
    String copy =
        "COPY %s (%s) FROM STDIN".formatted(Sql.name(table.name()), Sql.names(table.columns()));
    try (InputStream rows =
        new BufferedInputStream(Files.newInputStream(dump.table(table.name())))) {
      long count = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, rows);
      if (count != table.rows()) {
        throw new IOException(
            "%s has %d rows, and there were %d when it was written"
                .formatted(dump.table(table.name()), count, table.rows()));
      }
    }
  }

  private void setSequence(Sequence sequence) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT setval(?::regclass, ?)")) {
      statement.setString(1, Sql.name(sequence.name()));
      statement.setLong(2, sequence.last());
      statement.execute();
    }
  }

  private void execute(String sql, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }
}
