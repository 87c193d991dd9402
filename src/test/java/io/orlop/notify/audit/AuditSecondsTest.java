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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A minute of the log with so many entries that they are counted by the second. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class AuditSecondsTest {
  /** Nobody else writes entries of that day. */
  private static final Instant MINUTE = Instant.parse("2009-05-06T07:08:00Z");

  private static final int MANY = 10_000;

  @Inject AuditTable table;
  @Inject AuditLog log;
  @Inject AuditDays days;
  @Inject Database database;

  @AfterEach
  void forget() {
    delete(20_000);
    assertThat(secondsKept()).isEmpty();
  }

  /** Three each ten milliseconds, two of them at the same time. */
  private void write(int from, int to) {
    insert(IntStream.range(from, to).mapToObj(i -> MINUTE.plusMillis(i / 3 * 10L + i % 3 / 2)));
  }

  private void insert(Stream<Instant> times) {
    table.insert(
        times
            .map(at ->
                new AuditEntry(
                    at, OptionalLong.of(4713), Actor.SYSTEM, "pull", "artifact", "crowd", true))
            .toList());
  }

  /** Deletes the oldest, which no other test has. */
  private long delete(int number) {
    return table.deleteBefore(MINUTE.plus(Duration.ofMinutes(2)), number);
  }

  private List<String> secondsKept() {
    return counts("SELECT second, entries FROM audit_second WHERE second >= ? AND second < ?");
  }

  private List<String> secondsCounted() {
    return counts(
        """
        SELECT date_bin('1 second', op_time, 'epoch') AS second, count(*) AS entries
          FROM audit_log WHERE op_time >= ? AND op_time < ? GROUP BY 1
        """);
  }

  private List<String> counts(String sql) {
    return database.list(
        sql + " ORDER BY second",
        row -> Database.instant(row, "second") + " " + row.getLong("entries"),
        MINUTE,
        MINUTE.plus(Duration.ofMinutes(1)));
  }

  private void expectSecondsToBeRight() {
    assertThat(secondsKept()).isNotEmpty().isEqualTo(secondsCounted());
  }

  private AuditDays.Span span(long offset) {
    Instant end = Instant.parse("2009-05-07T00:00:00Z");
    return days.spanHolding(new AuditDays.Day(end, 0, 0), offset).orElseThrow();
  }

  @Test
  void onlyMinutesWithManyEntriesAreCountedByTheSecond() {
    write(0, MANY - 1);
    assertThat(secondsKept()).isEmpty();
    assertThat(span(5_000)).isEqualTo(new AuditDays.Span(MINUTE.plusSeconds(60), 0));

    write(MANY - 1, MANY);
    expectSecondsToBeRight();
    // 100 in the last second, 300 in each before.
    assertThat(span(99)).isEqualTo(new AuditDays.Span(MINUTE.plusSeconds(34), 0));
    assertThat(span(100)).isEqualTo(new AuditDays.Span(MINUTE.plusSeconds(33), 100));
    assertThat(span(399)).isEqualTo(new AuditDays.Span(MINUTE.plusSeconds(33), 100));
    assertThat(span(9_999)).isEqualTo(new AuditDays.Span(MINUTE.plusSeconds(1), 9_700));
  }

  @Test
  void pagesInTheMidstOfSuchAMinuteAreRight() {
    write(0, 4_000);
    write(4_000, 11_000);
    write(11_000, 12_500);
    insert(Stream.of(MINUTE.plusSeconds(61), MINUTE.plusSeconds(100)));
    expectSecondsToBeRight();

    new WholeLog(log, database)
        .expectPagesBefore(
            MINUTE.plus(Duration.ofMinutes(2)),
            0,
            201,
            202,
            250,
            801,
            802,
            6_543,
            11_950,
            12_203,
            12_501);
  }

  @Test
  void secondsAreRightAfterEntriesWereDeletedAndCameBack() {
    write(0, 11_000);
    assertThat(delete(700)).isEqualTo(700);
    expectSecondsToBeRight();
    assertThat(secondsKept()).first().isEqualTo(MINUTE.plusSeconds(2) + " 200");

    assertThat(delete(1_000)).isEqualTo(1_000);
    write(0, 650);
    assertThat(span(9_800)).isEqualTo(new AuditDays.Span(MINUTE.plusSeconds(60), 0));
    assertThat(delete(100)).isEqualTo(100);
    write(100, 900);
    expectSecondsToBeRight();
  }

  @Test
  void secondsAreRightWhereSeveralWriteAndDeleteAtOnce() throws Exception {
    List<Callable<Void>> all = new ArrayList<>();
    for (int part = 0; part < 40; part++) {
      int from = 350 * part;
      all.add(() -> {
        write(from, from + 350);
        return null;
      });
    }
    // One process deletes, and one after the other.
    all.add(
        8,
        () -> {
          for (int i = 0; i < 5; i++) {
            delete(100);
          }
          return null;
        });
    try (ExecutorService four = Executors.newFixedThreadPool(4)) {
      for (Future<Void> one : four.invokeAll(all)) {
        one.get();
      }
    }
    assertThat(span(13_000).newerEntries()).isPositive();
    expectSecondsToBeRight();
  }
}
