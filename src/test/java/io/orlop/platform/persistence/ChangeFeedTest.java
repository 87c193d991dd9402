package io.orlop.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ChangeFeedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject ChangeFeed feed;
  @Inject Database database;

  private final String topic = "topic-" + UUID.randomUUID();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @BeforeEach
  void follow() {
    feed.follow(topic, told::add);
    await().atMost(PATIENCE).until(feed::isCurrent);
    told.clear();
  }

  @Test
  void followersKnowBeforeTheChangesCallerGoesOn() {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          feed.announce(topic, "7");
          assertThat(told).isEmpty();
        });

    assertThat(told).contains("7");
  }

  @Test
  void whatIsRolledBackIsToldToNobody() {
    assertThatThrownBy(() ->
            QuarkusTransaction.requiringNew()
                .run(() -> {
                  feed.announce(topic, "undone");
                  throw new IllegalStateException("to roll back");
                }))
        .isInstanceOf(IllegalStateException.class);
    announceElsewhere("done");

    await().atMost(PATIENCE).until(() -> told.contains("done"));
    assertThat(told).doesNotContain("undone");
  }

  @Test
  void changesOfOtherProcessesAreHeard() {
    announceElsewhere("1");
    announceElsewhere("2");

    await().atMost(PATIENCE).until(() -> told.containsAll(List.of("1", "2")));
  }

  @Test
  void changesWhoseNotificationIsLostAreSeen() {
    database.update("INSERT INTO change_topic (topic, version) VALUES (?, 1)", topic);
    await().atMost(PATIENCE).until(() -> told.contains(ChangeFeed.ANYTHING));
    told.clear();
    database.update("UPDATE change_topic SET version = version + 1 WHERE topic = ?", topic);

    await().atMost(PATIENCE).until(() -> told.contains(ChangeFeed.ANYTHING));
  }

  @Test
  void nothingIsBelievedAfterTheConnectionBroke() {
    database.list(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'orlop changes' AND datname = current_database()",
        _ -> true);

    await().atMost(PATIENCE).until(() -> told.contains(ChangeFeed.ANYTHING));
    await().atMost(PATIENCE).until(feed::isCurrent);
    announceElsewhere("after");
    await().atMost(PATIENCE).until(() -> told.contains("after"));
  }

  /** Does what another process does, past this process's own followers. */
  private void announceElsewhere(String detail) {
    database.list(
        """
        WITH changed AS (
          INSERT INTO change_topic (topic, version) VALUES (?, 1)
          ON CONFLICT (topic) DO UPDATE SET version = change_topic.version + 1
          RETURNING topic, version)
        SELECT pg_notify('orlop_changes', topic || ' ' || version || ' ' || ?) FROM changed
        """,
        _ -> true,
        topic,
        detail);
  }
}
