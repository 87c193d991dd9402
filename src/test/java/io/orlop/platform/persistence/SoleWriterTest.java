package io.orlop.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who changes content from outside, and what the process that remembers it learns of that. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class SoleWriterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String A_CHANGE = "SELECT content_changed('*')";

  @Inject SoleWriter writer;
  @Inject ListenerSource source;
  @Inject Database database;

  @Test
  void whoeverChangesContentFromOutsideWaitsUntilNothingIsRemembered() throws SQLException {
    awaitHeld();
    AtomicInteger told = new AtomicInteger();
    writer.follow(told::incrementAndGet);
    try (Connection outside = source.connect("outside");
        Statement statement = outside.createStatement()) {
      outside.setAutoCommit(false);
      statement.execute(A_CHANGE);
      assertThat(writer.isHeld()).isFalse();
      assertThat(told).hasPositiveValue();
      outside.commit();
    }
  }

  @Test
  void whoeverOnlyReadsWaitsForNothing() throws SQLException {
    awaitHeld();
    try (Connection outside = source.connect("outside");
        Statement statement = outside.createStatement()) {
      statement.execute("SELECT count(*) FROM tag");
      statement.execute("UPDATE tag SET pulled_at = pulled_at WHERE false");
    }
    assertThat(writer.isHeld()).isTrue();
  }

  @Test
  void nothingIsRememberedWhileAChangeFromOutsideIsUnderWay() throws SQLException {
    SoleWriter other = new SoleWriter(() -> source.connect("orlop second writer"), true, 1);
    try (Connection outside = source.connect("outside");
        Statement statement = outside.createStatement()) {
      outside.setAutoCommit(false);
      statement.execute(A_CHANGE);
      other.start();
      try {
        await()
            .during(Duration.ofMillis(500))
            .atMost(PATIENCE)
            .until(() -> !other.isHeld() && !writer.isHeld());
      } finally {
        other.stop();
      }
      outside.rollback();
    }
  }

  @Test
  void nothingIsRememberedOnceTheConnectionIsGone() {
    awaitHeld();
    List<Boolean> told = new CopyOnWriteArrayList<>();
    writer.follow(() -> told.add(writer.isHeld()));
    database.list(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = ? AND datname = current_database()",
        _ -> true,
        SoleWriter.NAME);
    await().atMost(PATIENCE).until(() -> !told.isEmpty());
    awaitHeld();
    assertThat(told).as("when it is lost, and before it is held again").hasSize(2);
    assertThat(told).containsOnly(false);
  }

  @Test
  void nothingIsRememberedInDoubtUntilAllThatRanHasEnded() throws SQLException {
    awaitHeld();
    try (Connection outside = source.connect("outside");
        Statement statement = outside.createStatement()) {
      outside.setAutoCommit(false);
      statement.execute("SELECT now()");
      writer.doubt();
      assertThat(writer.isHeld()).isFalse();
      await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> !writer.isHeld());
      outside.commit();
    }
    awaitHeld();
  }

  @Test
  void aProcessWithADatabaseOfOthersNeverTries() {
    SoleWriter other =
        new SoleWriter(
            () -> {
              throw new AssertionError("It connects");
            },
            false,
            1);
    other.start();
    assertThat(other.isHeld()).isFalse();
    other.stop();
  }

  private void awaitHeld() {
    await().atMost(PATIENCE).until(writer::isHeld);
  }
}
