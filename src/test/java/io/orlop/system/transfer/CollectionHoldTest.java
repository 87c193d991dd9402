package io.orlop.system.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.system.bootstrap.DatabaseConfig;
import io.orlop.system.console.Console;
import io.orlop.system.console.Interruption;
import io.orlop.system.installation.InstalledDatabase;
import io.orlop.testsupport.ExternalPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionHoldTest {
  @TempDir private static Path folder;

  private static ExternalPostgres postgres;
  private static InstalledDatabase database;

  private final StringWriter said = new StringWriter();
  private final Console console =
      new Console(new PrintWriter(said), new PrintWriter(said), new Interruption());

  @BeforeAll
  static void startPostgres() {
    postgres = ExternalPostgres.start(folder);
    database = InstalledDatabase.external(new Address(postgres));
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  @BeforeEach
  void makeTable() throws SQLException {
    execute("DROP TABLE IF EXISTS collection_hold");
    execute(
        "CREATE TABLE collection_hold (id uuid PRIMARY KEY, reason text NOT NULL,"
            + " expires_at timestamptz NOT NULL)");
  }

  @Test
  void holdsUntilItIsClosed() throws SQLException {
    try (CollectionHold _ = CollectionHold.take(database, "a test", console)) {
      assertThat(live("a test")).isOne();
    }

    assertThat(live("a test")).isZero();
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void holdsOnWhenItIsRenewed() throws SQLException {
    try (CollectionHold hold = CollectionHold.take(database, "a test", console)) {
      execute("UPDATE collection_hold SET expires_at = now() + interval '1 minute'");
      hold.renew();
      assertThat(live("a test")).isOne();
    }

    assertThat(said.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE collection_hold SET expires_at = now() - interval '1 second'",
        "DELETE FROM collection_hold"
      })
  void tellsThatItHadLapsedAndHoldsAnew(String lapse) throws SQLException {
    try (CollectionHold hold = CollectionHold.take(database, "a test", console)) {
      execute(lapse);
      hold.renew();
      assertThat(live("a test")).isOne();
      hold.renew();
    }

    assertThat(said.toString().lines())
        .containsExactly("Garbage collection was not held for a while: blobs may be missing.");
    assertThat(live("a test")).isZero();
  }

  @Test
  void isNotNeededWhereNothingIsCollected() throws SQLException {
    execute("DROP TABLE collection_hold");

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
  private record Address(ExternalPostgres postgres) implements DatabaseConfig {
    @Override
    public Optional<String> url() {
      return Optional.of(postgres.url());
    }

    @Override
    public Optional<String> user() {
      return Optional.of(postgres.user());
    }

    @Override
    public Optional<String> password() {
      return Optional.of(postgres.password());
    }

    @Override
    public OptionalInt connections() {
      return OptionalInt.empty();
    }
  }
}
