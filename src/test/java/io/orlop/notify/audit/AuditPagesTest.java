package io.orlop.notify.audit;

import static io.orlop.notify.audit.WholeLog.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.platform.event.Actor;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Slice;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of a log of some days, and the parts of names that are found in it. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class AuditPagesTest {
  private static final Instant BEGIN = Instant.parse("2011-03-01T22:30:00Z");
  private static final int ENTRIES = 2_600;

  @Inject AuditTable table;
  @Inject AuditLog log;
  @Inject AuditDays days;
  @Inject AuditNames names;
  @Inject Database database;

  private final long project = 1_000_000_000L + ThreadLocalRandom.current().nextInt(1_000_000_000);
  private final String word = UUID.randomUUID().toString();

  @BeforeEach
  void write() {
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      // Some at one time, some on one day, and a day without any.
      Instant at = BEGIN.plus(Duration.ofMinutes(2L * (i / 3) + (i < 1_500 ? 0 : 2_880)));
      entries.add(entry(at, "p" + word + "/App-" + i % 7 + ":v1"));
    }
    table.insert(entries.subList(0, 1_000));
    table.insert(entries.subList(1_000, ENTRIES));
  }

  @AfterEach
  void forget() {
    table.deleteBefore(BEGIN.plus(Duration.ofDays(100)), 5_000);
  }

  private AuditEntry entry(Instant at, String resource) {
    return new AuditEntry(
        at, OptionalLong.of(project), Actor.SYSTEM, "pull", "artifact", resource, true);
  }

  private AuditLog.Page page(String q, long limit, long offset) {
    Criteria criteria = AuditLog.LISTING.read(q, null);
    return log.list(project, criteria, limit, offset);
  }

  @Test
  void pagesFarDownGoOnWhereTheOnesBeforeEnd() {
    List<Long> all = ids(page("", ENTRIES, 0));
    assertThat(all).hasSize(ENTRIES);

    for (long offset : new long[] {0, 900, 1_001, 1_150, 1_500, 2_000, 2_450, ENTRIES - 1}) {
      AuditLog.Page page = page("", 100, offset);
      int end = (int) Math.min(offset + 100, ENTRIES);
      assertThat(page.total()).isEqualTo(ENTRIES);
      assertThat(ids(page)).as("from %d on", offset).isEqualTo(all.subList((int) offset, end));
    }
    assertThat(ids(page("", 100, ENTRIES))).isEmpty();
  }

  @Test
  void pagesOfSomeProjectsGoOnWhereTheOnesBeforeEnd() {
    long other = project + 1;
    long third = project + 2;
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      // At the same times as those of the first.
      Instant at = BEGIN.plus(Duration.ofMinutes(2L * (i / 2)));
      entries.add(
          new AuditEntry(
              at, OptionalLong.of(other), Actor.SYSTEM, "create", "artifact", "x", true));
    }
    table.insert(entries);

    long[] projects = {third, other, project};
    int all = ENTRIES + 900;
    List<Long> together = ids(page(projects, all, 0));
    assertThat(together).hasSize(all).doesNotHaveDuplicates();
    String newestFirst =
        "SELECT id FROM audit_log WHERE project_id = ANY (?) ORDER BY op_time DESC, id DESC";
    assertThat(database.list(newestFirst, row -> row.getLong(1), projects)).isEqualTo(together);
    for (long offset : new long[] {0, 7, 150, 201, 999, 2_000, 3_333, all - 1}) {
      AuditLog.Page page = page(projects, 100, offset);
      int end = (int) Math.min(offset + 100, all);
      assertThat(page.total()).isEqualTo(all);
      assertThat(ids(page)).as("from %d on", offset).isEqualTo(together.subList((int) offset, end));
    }
    assertThat(page(projects, 100, all)).isEqualTo(new AuditLog.Page(List.of(), all));
    assertThat(page(projects, Long.MAX_VALUE, 0).entries()).hasSize(all);
    assertThat(page(new long[] {third}, 10, 0).total()).isZero();
    assertThat(page(new long[] {}, 10, 300).total()).isZero();
  }

  @Test
  void pagesOfAllAreRightInTheMidstOfADayWithManyEntries() {
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      Instant at = BEGIN.plus(Duration.ofDays(40)).plusMillis(i / 2 * 331L);
      entries.add(
          new AuditEntry(
              at, OptionalLong.of(project), Actor.SYSTEM, "create", "artifact", "x", true));
    }
    table.insert(entries);
    new WholeLog(log, database)
        .expectPagesBefore(
            BEGIN.plus(Duration.ofDays(41)), 0, 150, 201, 363, 364, 600, 1_090, 1_199);
    expectDaysToBeRight();
  }

  private AuditLog.Page page(long[] projects, long limit, long offset) {
    return log.page(
        Optional.of(projects), AuditLog.LISTING.read("", null), new Slice(limit, offset));
  }

  @Test
  void pagesFarDownAreRightAfterEntriesWereDeleted() {
    table.deleteBefore(BEGIN.plus(Duration.ofHours(20)), 5_000);

    List<Long> left = ids(page("", ENTRIES, 0));
    assertThat(left.size()).isBetween(1_100, ENTRIES - 1);
    assertThat(page("", 10, 1_050).total()).isEqualTo(left.size());
    assertThat(ids(page("", 10, 1_050))).isEqualTo(left.subList(1_050, 1_060));
    expectDaysToBeRight();
  }

  /** Others write too, in the same statements as their entries. */
  private void expectDaysToBeRight() {
    boolean right =
        database.one(
            """
            SELECT (SELECT sum(entries) FROM audit_day WHERE project_id = -1)
                     = (SELECT count(*) FROM audit_log)
               AND (SELECT sum(entries) FROM audit_day WHERE project_id <> -1)
                     = (SELECT count(*) FROM audit_log)
               AND (SELECT sum(entries) FROM audit_minute) = (SELECT count(*) FROM audit_log)
               AND NOT EXISTS (SELECT FROM audit_minute WHERE entries <= 0)
            """,
            row -> row.getBoolean(1));
    assertThat(right).isTrue();
  }

  @Test
  void countsTheEntriesOfEachDay() {
    expectDaysToBeRight();
    Optional<AuditDays.Day> newest = days.holding(Optional.of(new long[] {project}), 0);
    assertThat(newest.orElseThrow().newerEntries()).isZero();
    AuditDays.Day oldest =
        days.holding(Optional.of(new long[] {project}), ENTRIES - 1).orElseThrow();
    assertThat(oldest.end()).isEqualTo("2011-03-02T00:00:00Z");
    // An hour and a half of the first day, with three entries in two minutes.
    assertThat(oldest.newerEntries()).isEqualTo(ENTRIES - 135);
    assertThat(days.holding(Optional.of(new long[] {}), 0)).isEmpty();
  }

  @Test
  void aPartOfANameIsFoundInAnyCaseAndAsItIsWritten() {
    long eachSeventh = ENTRIES / 7;
    assertThat(page("resource=~" + word + "/APP-6", 5, 0).total()).isEqualTo(eachSeventh);
    assertThat(page("resource=~" + word + "/APP-6", 5, 0).entries()).hasSize(5);
    assertThat(page("resource=~" + word, 5, 0).total()).isEqualTo(ENTRIES);
    assertThat(page("resource=~" + word + "/App_6", 5, 0).total()).isZero();
    assertThat(page("resource=~" + word + "%25", 5, 0).total()).isZero();
    assertThat(page("resource=~-6:,operation=pull", 5, 0).total()).isEqualTo(eachSeventh);
    assertThat(page("resource=~-6:,operation=push", 5, 0).total()).isZero();
    assertThat(page("username=~" + word, 5, 0).total()).isZero();
  }

  @Test
  void aPartOfMoreNamesThanAreLookedUpIsFoundTheLongWay() {
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      entries.add(entry(BEGIN, "many-" + word + "/" + i));
    }
    table.insert(entries);

    assertThat(page("resource=~MANY-" + word, 5, 0).total()).isEqualTo(1_100);
    assertThat(page("resource=~MANY-" + word, 100, 1_090).entries()).hasSize(10);
    assertThat(page("resource=~MANY-" + word + "/1099", 5, 0).total()).isEqualTo(1);
  }

  @Test
  void namesThatNobodyUsedForLongAreForgotten() {
    String old = "SELECT FROM audit_name WHERE name = 'p" + word + "/App-1:v1'";
    names.forgetBefore(BEGIN);
    assertThat(database.exists(old)).isTrue();

    names.forgetBefore(BEGIN.plus(Duration.ofDays(30)));
    assertThat(database.exists(old)).isFalse();
    table.insert(List.of(entry(BEGIN, "p" + word + "/App-1:v1")));
    assertThat(database.exists(old)).isTrue();
  }
}
