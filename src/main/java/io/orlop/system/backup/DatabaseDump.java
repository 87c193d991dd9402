package io.orlop.system.backup;

import io.orlop.system.backup.BackupManifest.Blobs;
import io.orlop.system.backup.BackupManifest.Schema;
import io.orlop.system.backup.BackupManifest.Sequence;
import io.orlop.system.backup.BackupManifest.Table;
import io.orlop.system.bootstrap.MasterKeyCheck;
import io.orlop.system.bootstrap.StoreCheck;
import io.orlop.system.installation.Facts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/** Writes one consistent snapshot of all tables into files. */
final class DatabaseDump {
  /**
   * What is of the moment: the schema's history, which a restore makes itself, and work going on.
   */
  private static final String LEFT_OUT =
      "('flyway_schema_history', 'upload_session', 'collection_hold')";

  private final Connection connection;
  private final Dump dump;

  /**
   * Prepares a dump.
   *
   * @param connection is used for one transaction
   * @param dump an empty one
   */
  DatabaseDump(Connection connection, Dump dump) {
    this.connection = connection;
    this.dump = dump;
  }

  /** Writes it; the manifest last. */
  BackupManifest write(String orlopVersion) throws IOException, SQLException {
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      statement.execute("SET LOCAL bytea_output = 'hex'");
      statement.execute("SET LOCAL TimeZone = 'UTC'");
      statement.execute("SET LOCAL statement_timeout = 0");
      List<Table> tables = writeTables();
      Blobs blobs = writeBlobs();
      BackupManifest manifest =
          new BackupManifest(
              BackupManifest.FORMAT,
              orlopVersion,
              Instant.now().toString(),
              schema(statement),
              Integer.parseInt(text(statement, "SHOW server_version_num")) / 10_000,
              Facts.find(connection, StoreCheck.FACT).orElse(""),
              Facts.find(connection, MasterKeyCheck.FACT).orElse(""),
              tables,
              // Last: sequences obey no snapshot, and must be beyond every row of it.
              sequences(statement),
              blobs);
      connection.commit();
      DumpFile.write(
          dump.manifestFile(),
          out -> out.write(manifest.toJson().getBytes(StandardCharsets.UTF_8)));
      return manifest;
    }
  }

  private List<Table> writeTables() throws IOException, SQLException {
    List<Table> tables = new ArrayList<>();
    for (String name : names()) {
      List<String> columns = columns(name);
      AtomicLong rows = new AtomicLong();
      String copy = "COPY %s (%s) TO STDOUT".formatted(Sql.name(name), Sql.names(columns));
      String sha256 = DumpFile.write(dump.table(name), out -> rows.set(copyOut(copy, out)));
      tables.add(new Table(name, columns, rows.get(), sha256));
    }
    return tables;
  }

  private Blobs writeBlobs() throws IOException, SQLException {
    AtomicLong count = new AtomicLong();
    String sha256 =
        DumpFile.write(
            dump.blobFile(),
            out ->
                count.set(
                    copyOut(
                        "COPY (SELECT storage_key, size FROM blob WHERE condemned_at IS NULL"
                            + " ORDER BY storage_key) TO STDOUT",
                        out)));
    try (Statement statement = connection.createStatement()) {
      String bytes =
          text(statement, "SELECT coalesce(sum(size), 0) FROM blob WHERE condemned_at IS NULL");
      return new Blobs(count.get(), Long.parseLong(bytes), sha256);
    }
  }

  private long copyOut(String copy, OutputStream out) throws IOException, SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, out);
  }

  private List<String> names() throws SQLException {
    return Sql.texts(
        connection,
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            + " AND relkind = 'r' AND relname NOT IN "
            + LEFT_OUT
            + " ORDER BY relname");
  }

  private List<String> columns(String table) throws SQLException {
    return Sql.texts(
        connection,
        "SELECT attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
            + " WHERE relnamespace = current_schema()::regnamespace AND relname = ?"
            + " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        table);
  }

  private List<Sequence> sequences(Statement statement) throws SQLException {
    List<Sequence> sequences = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences"
                + " WHERE schemaname = current_schema() ORDER BY sequencename")) {
      while (rows.next()) {
        sequences.add(new Sequence(rows.getString(1), rows.getLong(2)));
      }
    }
    return sequences;
  }

  private static Schema schema(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT version, script FROM flyway_schema_history"
                + " WHERE success AND version IS NOT NULL ORDER BY version::numeric DESC LIMIT 1")) {
      row.next();
      // The framework writes the folder too, Flyway alone does not.
      String script = row.getString(2).replaceFirst(".*/", "");
      return new Schema(row.getString(1), script);
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return Objects.requireNonNull(row.getString(1));
    }
  }
}
