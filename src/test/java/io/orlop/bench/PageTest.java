package io.orlop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final String PUSH = "push 1 GiB, 1 client, POST+PUT";

  private final Results results = new Results();
  private final Page page =
      new Page(
          results,
          List.of(
              new Page.About("Orlop", "commit abc", "synced"),
              new Page.About("docker-registry", "2.8.2", "half")));

  @Test
  void showsMedianSpreadAndRatioOfEachServer() {
    push("Orlop", 200, 100, 300);
    push("docker-registry", 50, 51, 49);

    assertThat(page.table())
        .isEqualTo(
            """
            | row | figure | Orlop | docker-registry |
            |---|---|---|---|
            | push 1 GiB, 1 client, POST+PUT | throughput, MiB/s | **200** (100–300) | **50.0** (49.0–51.0) ×0.25 |
            """);
  }

  @Test
  void namesWhatAPeerThatWaitsForTheDiskDoesBetter() {
    push("Orlop", 200);
    push("docker-registry", 220);

    assertThat(page.behind())
        .startsWith("In rows that write, peers wait for less than Orlop does")
        .endsWith("| **200** | docker-registry | **220** ×1.10 |  |\n")
        .hasLineCount(6);
    push("Orlop", 300, 301);
    assertThat(page.behind()).isEqualTo("Nowhere.\n");
  }

  @Test
  void setsALatencyBesideHowMuchWasDone() {
    String row = "manifest HEAD by tag with token, 16 clients";
    List.of("Orlop", "docker-registry")
        .forEach(server -> {
          boolean own = server.equals("Orlop");
          results.add(row, server, new Figure("rate", Unit.REQUESTS_PER_SECOND, own ? 60 : 20));
          results.add(row, server, new Figure("p50", Unit.MILLISECONDS, own ? 2 : 1));
        });

    assertThat(page.behind())
        .contains("| docker-registry | **1.00** ×0.50 | ×0.33 the rate |")
        .doesNotContain("| rate");
  }

  @Test
  void nobodyIsAheadByLessThanWhatThePageShows() {
    push("Orlop", 6001);
    push("docker-registry", 6002);
    assertThat(page.behind()).isEqualTo("Nowhere.\n");
    push("docker-registry", 6060, 6060);
    assertThat(page.behind()).contains("×1.01");
  }

  @Test
  void nobodyIsAheadInWhatASlowDiskWrote() {
    List.of("Orlop", "docker-registry")
        .forEach(server -> {
          int wrote = server.equals("Orlop") ? 20 : 23;
          results.add(
              "slow", server, new Figure("disk", Unit.MIB_PER_SECOND_OF_A_SLOW_DISK, wrote));
        });
    assertThat(page.behind()).isEqualTo("Nowhere.\n");
  }

  @Test
  void namesPeersThatStartSoonerAndTakeLessMemory() {
    List.of("Orlop", "docker-registry")
        .forEach(server -> {
          double value = server.equals("Orlop") ? 2 : 0.05;
          results.add(StartRows.NAME, server, new Figure(StartRows.FIRST, Unit.SECONDS, value));
          results.add(Targets.MEMORY, server, new Figure(Targets.MOST, Unit.MIB, value));
        });

    assertThat(page.behind())
        .contains("| second start | to the first 200, s | **2.00** | docker-registry | **0.05**")
        .contains("| memory | most under load (PSS), MiB | **2.00** | docker-registry | **0.05**");
  }

  @Test
  void saysHowMuchTheDiskVariedAndWhereZotIsFrom() {
    assertThat(rendered(page)).doesNotContain("The disk is unsteady", "ORLOP_BENCH_ZOT");
    machine(704, 900);
    machine(1459, 900);

    assertThat(rendered(page))
        .containsPattern(
            "\n- The disk .* reached from 704 to 1,459 MiB/s\\.(.*\n){2}- TLS is each");
    Page withZot = new Page(results, List.of(new Page.About("zot", "commit abc", "nothing")));
    assertThat(rendered(withZot)).contains("built by hand", "`ORLOP_BENCH_ZOT`");
  }

  /** Whoever takes a warm-up from a row is to tell the page's readers. */
  @Test
  void namesTheRowsThatAreNotWarmed() {
    assertThat(PushRows.all())
        .filteredOn(row -> row.warmUp().isEmpty())
        .extracting(Row::name)
        .containsExactly(
            "push 100 MiB, 32 clients, POST+PATCH+PUT",
            "push 1 GiB, 1 client, POST+PUT",
            "push 1 GiB, 1 client, POST+PATCH+PUT",
            "push 1 GiB, 8 clients, POST+PATCH+PUT");
    assertThat(BlobRows.all()).allMatch(row -> row.warmUp().isPresent());
    assertThat(RequestRows.all()).allMatch(row -> row.warmUp().isPresent());
    assertThat(rendered(page))
        .contains("are the pushes of 1 GiB and those of 100 MiB by 32 clients");
  }

  @Test
  void showsWhatWasNotMeasuredAsSuch() {
    push("docker-registry", 50);

    assertThat(page.table()).contains("| – | **50.0** |");
  }

  @Test
  void meetsAnAimThatHoldsAgainstEachPeerAndTheMachine() {
    push("Orlop", 200);
    push("docker-registry", 100);
    machine(240, 900);

    assertThat(page.aims()).containsPattern("POST\\+PUT .*\\| \\*\\*200\\*\\* \\| met \\|");
  }

  @Test
  void missesAnAimWhenOneOfItsConditionsDoesNotHold() {
    push("Orlop", 199);
    push("docker-registry", 100);
    machine(240, 900);

    assertThat(page.aims()).contains("**missed**");
  }

  @Test
  void judgesNothingThatHasNothingToCompareWith() {
    push("Orlop", 200);

    assertThat(page.aims()).contains("not compared").doesNotContain("met ");
  }

  @Test
  void showsHarborsPublishedFiguresBesideThoseOfTheSameLists() {
    String row = RestRows.named("list projects");
    results.add(row, "Orlop", new Figure(RestRows.MEDIAN, Unit.MILLISECONDS, 5));
    results.add(row, "Orlop", new Figure(RestRows.P95, Unit.MILLISECONDS, 12));

    assertThat(PublishedFigures.of(results, "Orlop"))
        .contains("not measured here")
        .contains("https://github.com/goharbor/perf/wiki/")
        .contains("| list projects (`list-projects`) | 5.00 | 12.0 | 1,220 | 2,510 |")
        .doesNotContain("list-artifacts");
    assertThat(page.aims()).contains("| " + row + " | p95 | ≤ 50.0 | **12.0** | met |");
    assertThat(PublishedFigures.of(new Results(), "Orlop")).isEmpty();
  }

  @Test
  void marksACellThatHasANoteAndSaysWhatCannotBeDone() {
    push("Orlop", 200);
    results.addNote(PUSH, "Orlop", "errors: 3 requests had no answer");
    results.addUnsupported(PUSH, "docker-registry");

    assertThat(page.table()).contains("| **200** † | not supported |");
    assertThat(rendered(page)).contains("- " + PUSH + ", Orlop: errors: 3 requests had no answer");
  }

  @Test
  void takesLessAsBetterWhereItIs() {
    results.add(StartRows.NAME, "Orlop", new Figure(StartRows.FIRST, Unit.SECONDS, 2.6));

    assertThat(page.aims()).contains("≤ 2.50").contains("**missed**");
  }

  @Test
  void namesServersMachineAndFailures() {
    results.addFailure("row", "docker-registry", "no answer");

    String text = page.render("2 cores", LocalDate.of(2026, 11, 22), List.of(2.0, 1.5));

    assertThat(text)
        .contains(
            "2026-11-22",
            "2 cores",
            "2 rounds with samples of 2.00, 1.50 s",
            "| docker-registry | 2.8.2 | half |")
        .contains("- row, docker-registry: no answer");
  }

  @Test
  void writesThreeDigitsThatCount() {
    assertThat(Page.number(12_345.6)).isEqualTo("12,346");
    assertThat(Page.number(12.34)).isEqualTo("12.3");
    assertThat(Page.number(0.256)).isEqualTo("0.26");
  }

  private static String rendered(Page page) {
    return page.render("2 cores", LocalDate.of(2026, 11, 22), List.of(1.0));
  }

  private void push(String server, double... values) {
    for (double value : values) {
      results.add(PUSH, server, new Figure("throughput", Unit.MIB_PER_SECOND, value));
    }
  }

  private void machine(double disk, double hash) {
    Unit unit = Unit.MIB_PER_SECOND;
    results.add(Baseline.ROW, Baseline.DISK, new Figure("throughput", unit, disk));
    results.add(Baseline.ROW, Baseline.SHA256, new Figure("throughput", unit, hash));
  }
}
