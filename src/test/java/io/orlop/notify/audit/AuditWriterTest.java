package io.orlop.notify.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orlop.platform.event.Actor;
import io.orlop.platform.persistence.DatabaseException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditWriterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AuditRules EVERYTHING = new AuditRules(false, true, Set.of());

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<AuditEntry> table = new CopyOnWriteArrayList<>();
  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private volatile Optional<RuntimeException> failure = Optional.empty();
  private volatile AuditRules rules = EVERYTHING;
  private volatile boolean known = true;
  private AuditWriter writer = writer(100_000);

  private AuditWriter writer(int room) {
    return new AuditWriter(
        this::insert,
        new AuditWriter.Rules() {
          @Override
          public AuditRules get() {
            return rules;
          }

          @Override
          public Optional<AuditRules> known() {
            return known ? Optional.of(rules) : Optional.empty();
          }
        },
        room,
        meters);
  }

  private void insert(List<AuditEntry> entries) {
    failure.ifPresent(thrown -> {
      throw thrown;
    });
    batches.add(entries.size());
    table.addAll(entries);
  }

  @AfterEach
  void stop() throws InterruptedException {
    failure = Optional.empty();
    writer.stop();
  }

  private static AuditEntry entry(int number) {
    return new AuditEntry(
        Instant.now(),
        OptionalLong.empty(),
        Actor.SYSTEM,
        number % 2 == 0 ? "pull" : "create",
        "artifact",
        "r" + number,
        true);
  }

  private void write(int count) {
    IntStream.range(0, count).forEach(number -> writer.write(entry(number)));
  }

  private double counted(String name) {
    return meters.counter(name).count();
  }

  @Test
  void entriesAreWrittenInOrderAndTogether() {
    writer.start();
    write(5_000);

    await().atMost(PATIENCE).until(() -> table.size() == 5_000);
    List<String> expected = new ArrayList<>();
    IntStream.range(0, 5_000).forEach(number -> expected.add("r" + number));
    assertThat(table).extracting(AuditEntry::resource).isEqualTo(expected);
    assertThat(batches).allMatch(size -> size <= 2_000).hasSizeLessThan(100);
    assertThat(counted("orlop.audit.written")).isEqualTo(5_000);
  }

  @Test
  void stoppingWritesWhatWaits() throws InterruptedException {
    writer.start();
    write(3_000);
    writer.stop();

    assertThat(table).hasSize(3_000);
    assertThat(counted("orlop.audit.dropped")).isZero();
  }

  @Test
  void entriesWaitForADatabaseThatIsAway() {
    failure = Optional.of(DatabaseException.of(new SQLException("away", "08006")));
    writer.start();
    write(10);
    await().during(Duration.ofMillis(600)).atMost(PATIENCE).until(table::isEmpty);
    failure = Optional.empty();

    await().atMost(PATIENCE).until(() -> table.size() == 10);
    assertThat(counted("orlop.audit.dropped")).isZero();
  }

  @Test
  void whatFindsNoRoomIsCountedAndNobodyWaits() throws InterruptedException {
    writer = writer(100);
    write(130);

    assertThat(counted("orlop.audit.dropped")).isEqualTo(30);
    writer.start();
    writer.stop();
    assertThat(table).hasSize(100);
  }

  @Test
  void whatTheDatabaseRefusesDoesNotHoldUpTheRest() {
    failure = Optional.of(DatabaseException.of(new SQLException("no such column", "42703")));
    writer.start();
    write(10);
    await().atMost(PATIENCE).until(() -> counted("orlop.audit.dropped") == 10);
    failure = Optional.empty();
    write(1);

    await().atMost(PATIENCE).until(() -> table.size() == 1);
  }

  @Test
  void theRulesOfItsOwnMomentDecideAboutAnEntry() throws InterruptedException {
    write(2);
    rules = new AuditRules(false, false, Set.of());
    write(2);
    rules = new AuditRules(false, true, Set.of("create_artifact"));
    write(2);
    known = false; // It was changed since: whoever writes asks what holds now.
    rules = new AuditRules(true, true, Set.of());
    write(2);
    writer.start();
    writer.stop();

    assertThat(table).extracting(AuditEntry::resource).containsExactly("r0", "r1", "r1", "r0");
  }
}
