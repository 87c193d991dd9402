package io.orlop.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import io.orlop.platform.persistence.SoleWriter;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.StatementCounter;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is remembered is forgotten when nobody can say whether the database still says the same. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class DoubtedPullsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject PulledRepository pulled;
  @Inject StatementCounter statements;
  @Inject SoleWriter writer;
  @Inject Database database;

  @BeforeEach
  void remember() {
    pulled.remember();
  }

  @Test
  void whatFailedMayHaveBeenDoneAllTheSame() {
    writer.doubt();
    assertThat(pulled.statementsOfAPull()).isOne();
    pulled.remember();
    assertThat(pulled.statementsOfAPull()).isZero();
  }

  @Test
  void whatATransactionChangesIsReadFromTheDatabaseUntilItHasEnded() {
    moveInTransaction(false);
    assertThat(pulled.puller().getManifest("v1").bytes()).isEqualTo(pulled.image().bytes());
    pulled.awaitSoleWriter();
    moveInTransaction(true);
    assertThat(pulled.puller().getManifest("v1").bytes()).isEqualTo(pulled.other().bytes());
    pulled.remember();
    assertThat(pulled.statementsOfAPull()).as("once it has ended").isZero();
  }

  @Test
  void aTransactionThatCannotCommitLeavesNothingBehind() {
    QuarkusTransaction.begin();
    assertThat(database.exists("SELECT FROM repository WHERE name = ?", pulled.pusher().name()))
        .isTrue();
    QuarkusTransaction.setRollbackOnly();
    moveTag(database);
    QuarkusTransaction.rollback();
    pulled.remember();
    assertThat(pulled.statementsOfAPull()).isZero();
    expectImage(1);
  }

  @Test
  void whatMayHaveCommittedAlthoughItsAnswerNeverCameIsDoubted() {
    AtomicInteger forgotten = forgotten();
    assertThatThrownBy(() -> database.exists("SELECT pg_terminate_backend(pg_backend_pid())"))
        .isInstanceOf(DatabaseException.class);
    await().atMost(PATIENCE).until(() -> forgotten.get() > 0);
  }

  @Test
  void whatMayHaveCommittedAlthoughItSeemedNotToIsDoubted() {
    AtomicInteger forgotten = forgotten();
    QuarkusTransaction.begin();
    moveTag(database);
    QuarkusTransaction.rollback();
    await().atMost(PATIENCE).until(() -> forgotten.get() > 0);
  }

  /** Counts how often everything is forgotten from now on. */
  private AtomicInteger forgotten() {
    AtomicInteger times = new AtomicInteger();
    writer.follow(times::incrementAndGet);
    return times;
  }

  private void moveInTransaction(boolean commit) {
    QuarkusTransaction.begin();
    moveTag(database);
    CompletableFuture.runAsync(
            () -> {
              // Twice: what is read meanwhile is not remembered.
              assertThat(statements.count(() -> expectImage(2))).isEqualTo(2);
            },
            Thread::startVirtualThread)
        .join();
    if (commit) {
      QuarkusTransaction.commit();
    } else {
      QuarkusTransaction.rollback();
    }
  }

  private void expectImage(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(pulled.puller().getManifest("v1").expect(200).bytes())
          .isEqualTo(pulled.image().bytes());
    }
  }

  private void moveTag(Database through) {
    through.update(
        """
        UPDATE tag t SET artifact_id = o.artifact_id FROM tag o
         WHERE t.repository_id = o.repository_id AND t.name = 'v1' AND o.name = 'v2'
           AND t.repository_id = (SELECT id FROM repository WHERE name = ?)
        """,
        pulled.pusher().name());
  }

  @Test
  void whatSomebodyChangesByHand() throws SQLException {
    deleteTagByHand();
    pulled.puller().getManifest("v1").expect(404);
  }

  /** Nobody pulls before, so that nothing but the memory itself could know. */
  @Test
  void whatSomebodyHasChangedByHandOnceThingsAreRememberedAgain() throws SQLException {
    deleteTagByHand();
    pulled.awaitSoleWriter();
    pulled.puller().getManifest("v1").expect(404);
  }

  private void deleteTagByHand() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                setting("orlop.database.url"),
                setting("orlop.database.user"),
                setting("orlop.database.password"));
        PreparedStatement statement =
            connection.prepareStatement(
                "DELETE FROM tag WHERE name = 'v1' AND repository_id ="
                    + " (SELECT id FROM repository WHERE name = ?)")) {
      statement.setString(1, pulled.pusher().name());
      assertThat(statement.executeUpdate()).isOne();
    }
  }

  private static String setting(String name) {
    return ConfigProvider.getConfig().getValue(name, String.class);
  }
}
