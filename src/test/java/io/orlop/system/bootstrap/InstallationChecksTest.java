package io.orlop.system.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orlop.platform.crypto.MasterKey;
import io.orlop.platform.persistence.Database;
import io.orlop.system.StartRefusedException;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class InstallationChecksTest {
  @Inject Database database;
  @Inject InstallationFacts facts;
  @Inject MasterKey masterKey;

  @AfterEach
  void forgetFactsOfTests() {
    database.update("DELETE FROM installation WHERE name LIKE 'postgresql%' OR name LIKE 'test%'");
  }

  @Test
  void recordsAFactOnce() {
    assertThat(facts.findOrRecord("test", "first")).isEqualTo("first");
    assertThat(facts.findOrRecord("test", "second")).isEqualTo("first");
    assertThat(facts.find("test")).contains("first");
    facts.replace("test", "third");
    assertThat(facts.find("test")).contains("third");
  }

  @Test
  void acceptsTheMasterKeyThatTheDatabaseWasMadeWith() {
    assertThatCode(() -> new MasterKeyCheck(facts, masterKey).check()).doesNotThrowAnyException();
  }

  @Test
  void refusesAnotherMasterKey() {
    MasterKey other = MasterKey.parse(MasterKey.generate());
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(() -> new MasterKeyCheck(facts, other).check())
        .withMessageStartingWith("The master key is not the one that this database's secrets");
  }

  @Test
  void acceptsTheServerThatItKnows() {
    DatabaseCheck check = new DatabaseCheck(facts);
    check.check();
    assertThatCode(check::check).doesNotThrowAnyException();
  }

  @Test
  void refusesAServerOfAnotherMajorVersionAndSaysHowToAgree() {
    DatabaseCheck check = new DatabaseCheck(facts);
    check.checkVersion(17);
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(() -> check.checkVersion(18))
        .withMessageStartingWith("This database was PostgreSQL 17, and now PostgreSQL 18 serves it")
        .withMessageEndingWith(
            "UPDATE installation SET value = '18' WHERE name = 'postgresql-major-version';");
    assertThatCode(() -> check.checkVersion(17)).doesNotThrowAnyException();
  }

  @Test
  void refusesAServerThatIsTooOld() {
    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(() -> new DatabaseCheck(facts).checkVersion(13))
        .withMessage("PostgreSQL 13 is too old: Orlop needs 14 or newer.");
  }

  @Test
  void refusesAServerThatMayLoseWhatItAcknowledged() {
    QuarkusTransaction.begin();
    try {
      assertThat(database.exists("SELECT set_config('synchronous_commit', 'off', true)")).isTrue();
      assertThatExceptionOfType(StartRefusedException.class)
          .isThrownBy(() -> new DatabaseCheck(facts).check())
          .withMessageContaining("synchronous_commit must not be off");
    } finally {
      QuarkusTransaction.rollback();
    }
  }

  /** These cannot be changed for one connection, so that the server has to pretend. */
  @ParameterizedTest
  @ValueSource(strings = {"fsync", "full_page_writes"})
  void refusesAServerThatMayLoseItInAPowerCut(String setting) {
    QuarkusTransaction.begin();
    try {
      database.update("CREATE SCHEMA pretence");
      database.update(
          """
          CREATE FUNCTION pretence.current_setting(asked text) RETURNS text LANGUAGE sql AS
            $$SELECT CASE asked WHEN '%s' THEN 'off' ELSE pg_catalog.current_setting(asked) END$$
          """
              .formatted(setting));
      assertThat(
              database.exists(
                  "SELECT set_config('search_path', 'pretence, public, pg_catalog', true)"))
          .isTrue();
      assertThatExceptionOfType(StartRefusedException.class)
          .isThrownBy(() -> new DatabaseCheck(facts).check())
          .withMessageContaining(": " + setting + " must not be off");
    } finally {
      QuarkusTransaction.rollback();
    }
  }
}
