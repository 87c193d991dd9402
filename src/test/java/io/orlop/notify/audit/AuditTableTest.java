package io.orlop.notify.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.platform.event.Actor;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class AuditTableTest {
  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  @Inject AuditTable table;
  @Inject AuditPurge purge;
  @Inject Database database;

  private final String resource = "resource-" + UUID.randomUUID();

  @BeforeEach
  void forgetTheOthers() {
    table.deleteBefore(LONG_AGO.plus(Duration.ofDays(1)), 5_000);
  }

  private AuditEntry entry(Instant at, String operation) {
    return new AuditEntry(
        at, OptionalLong.of(4711), Actor.SYSTEM, operation, "artifact", resource, true);
  }

  private List<String> left() {
    return database.list(
        "SELECT operation FROM audit_log WHERE resource = ? ORDER BY id",
        row -> row.getString(1),
        resource);
  }

  /** Others write too, in the same statements as their entries. */
  private void expectTotalsToBeRight() {
    boolean right =
        database.one(
            """
            SELECT (SELECT coalesce(sum(entries), 0) FROM audit_total)
                 = (SELECT count(*) FROM audit_log)
            """,
            row -> row.getBoolean(1));
    assertThat(right).isTrue();
  }

  @Test
  void whateverRequestsBringIsWritten() {
    Actor odd =
        new Actor(
            "a\0b",
            "token",
            "x".repeat(5_000),
            "\ud800 lone",
            "{\"'\\,",
            OptionalLong.of(7),
            OptionalLong.empty());
    table.insert(
        List.of(
            new AuditEntry(
                Instant.now(), OptionalLong.empty(), odd, "pull", "artifact", resource, false)));

    assertThat(
            database.list(
                "SELECT username, project_id, robot_id, succeeded FROM audit_log WHERE resource = ?",
                row -> row.getString(1) + row.getObject(2) + row.getLong(3) + row.getBoolean(4),
                resource))
        .containsExactly("abnull7false");
    expectTotalsToBeRight();
  }

  @Test
  void namesOfAnyLengthAreWritten() {
    String endless = "\ud83d\ude00".repeat(5_000);
    Actor actor =
        new Actor(
            endless,
            endless,
            endless,
            endless,
            endless,
            OptionalLong.empty(),
            OptionalLong.empty());
    table.insert(
        List.of(
            new AuditEntry(
                Instant.now(),
                OptionalLong.empty(),
                actor,
                "login",
                "user",
                resource + endless,
                false)));

    assertThat(database.exists("SELECT FROM audit_log WHERE starts_with(resource, ?)", resource))
        .isTrue();
  }

  @Test
  void whatIsOldIsDeleted() {
    table.insert(List.of(entry(LONG_AGO, "pull"), entry(Instant.now(), "create")));
    purge.run();

    assertThat(left()).containsExactly("create");
    expectTotalsToBeRight();
  }

  @Test
  void whatIsTooMuchIsDeletedPullsFirst() {
    List<AuditEntry> entries = new ArrayList<>();
    entries.add(entry(LONG_AGO, "delete"));
    for (int second = 1; second <= 5; second++) {
      entries.add(entry(LONG_AGO.plusSeconds(second), "pull"));
    }
    table.insert(entries);

    purge.deleteFirst(3);

    assertThat(left()).containsExactly("delete", "pull", "pull");
    expectTotalsToBeRight();
  }

  @Test
  void whereThereAreNoPullsTheOldestGo() {
    table.insert(List.of(entry(LONG_AGO, "delete"), entry(LONG_AGO.plusSeconds(1), "create")));

    assertThat(table.deleteOldest(1)).isEqualTo(1);

    assertThat(left()).containsExactly("create");
  }
}
