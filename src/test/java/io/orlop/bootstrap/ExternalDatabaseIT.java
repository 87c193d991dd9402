package io.orlop.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.platform.crypto.MasterKey;
import io.orlop.testsupport.ExternalPostgres;
import io.orlop.testsupport.OrlopServer;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExternalDatabaseIT {
  private static final String KEY = MasterKey.generate();

  private static ExternalPostgres postgres;

  private final Path data = OrlopServer.newData();

  @BeforeAll
  static void startPostgres() {
    postgres = ExternalPostgres.start();
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  @BeforeEach
  void emptyDatabase() throws SQLException {
    postgres.administrate("DROP DATABASE IF EXISTS orlop");
    postgres.administrate("ALTER ROLE orlop RESET synchronous_commit");
    postgres.administrate("CREATE DATABASE orlop OWNER orlop");
  }

  @Test
  void isUsedInsteadOfTheEmbeddedOne() {
    try (OrlopServer server = server(data, KEY)) {
      server.launch();
      assertThat(server.postgres()).isEmpty();
      assertThat(data.resolve("postgres")).doesNotExist();
      assertThat(data.resolve("master.key")).doesNotExist();
      assertThat(server.stop()).isZero();
      server.restart();
      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void isRefusedWithAnotherMasterKey() {
    startOnce();
    assertRefused(
        server(data, MasterKey.generate()), "The master key is not the one that this database's");
  }

  @Test
  void isRefusedWithTheStoreOfNobody() {
    startOnce();
    assertRefused(server(OrlopServer.newData(), KEY), "The blob store has no marker, but");
  }

  @Test
  void isRefusedWithTheStoreOfAnotherDatabase() throws SQLException {
    startOnce();
    emptyDatabase();
    assertRefused(server(data, KEY), "The blob store belongs to another database (its marker is ");
  }

  @Test
  void isRefusedWhereItMayLoseWhatItAcknowledged() throws SQLException {
    postgres.administrate("ALTER ROLE orlop SET synchronous_commit = off");
    assertRefused(
        server(data, KEY), "PostgreSQL may lose what it acknowledged: synchronous_commit");
  }

  @Test
  void isNamedWhenItCannotBeReached() {
    OrlopServer server = server(data, KEY);
    assertRefused(
        server.with("ORLOP_DATABASE_PASSWORD", "wrong"), "The database cannot be connected to: ");
  }

  private void startOnce() {
    try (OrlopServer server = server(data, KEY)) {
      server.launch();
      assertThat(server.stop()).isZero();
    }
  }

  private static void assertRefused(OrlopServer refused, String reason) {
    try (OrlopServer server = refused) {
      server.launchOnly();
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.log()).contains("Orlop cannot start. " + reason).doesNotContain("\tat ");
    }
  }

  private static OrlopServer server(Path data, String key) {
    return postgres.configure(OrlopServer.on(data)).with("ORLOP_MASTER_KEY", key);
  }
}
