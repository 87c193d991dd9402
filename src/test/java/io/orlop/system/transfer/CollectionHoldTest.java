package io.orlop.system.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.system.bootstrap.DatabaseConfig;
import io.orlop.system.console.Console;
import io.orlop.system.console.Interruption;
import io.orlop.system.installation.InstalledDatabase;
import io.orlop.system.postgres.EmbeddedPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionHoldTest {
  @TempDir private static Path folder;

  private static EmbeddedPostgres postgres;
  private static InstalledDatabase database;

  private final StringWriter said = new StringWriter();
  private final Console console =
      new Console(new PrintWriter(said), new PrintWriter(said), new Interruption());

  @BeforeAll
  static void startPostgres() {
    postgres = EmbeddedPostgres.prepare(folder);
    postgres.start(
        new EmbeddedPostgres.Listener() {
          @Override
          public void recovering() {}

          @Override
          public void givenUp(String reason) {
            throw new AssertionError(reason);
          }
        });
    database = InstalledDatabase.external(new Address(postgres));
  }

  @AfterAll
  static void stopPostgres() {
    postgres.stop();
  }

  @Test
  void holdsUntilItIsClosed() throws SQLException {
    execute("DROP TABLE IF EXISTS collection_hold");
    execute(
        "CREATE TABLE collection_hold (id uuid PRIMARY KEY, reason text NOT NULL,"
            + " expires_at timestamptz NOT NULL)");

    try (CollectionHold _ = CollectionHold.take(database, "a test", console)) {
      assertThat(live("a test")).isOne();
    }

    assertThat(live("a test")).isZero();
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void isNotNeededWhereNothingIsCollected() throws SQLException {
    execute("DROP TABLE IF EXISTS collection_hold");

    CollectionHold.take(database, "a test", console).close();

    assertThat(said.toString()).isEmpty();
  }

  private int live(String reason) throws SQLException {
    try (Connection connection = database.connect();
        var statement =
            connection.prepareStatement(
                "SELECT count(*) FROM collection_hold WHERE reason = ?"
                    + " AND expires_at > now() + interval '5 minutes'")) {
      statement.setString(1, reason);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Where a PostgreSQL is. */
  private record Address(EmbeddedPostgres postgres) implements DatabaseConfig {
    @Override
    public Optional<String> url() {
      return Optional.of(postgres.jdbcUrl());
    }

    @Override
    public Optional<String> user() {
      return Optional.of(postgres.user());
    }

    @Override
    public Optional<String> password() {
      return Optional.of(postgres.password());
    }
  }
}
