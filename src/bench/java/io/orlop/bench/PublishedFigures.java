package io.orlop.bench;

import java.util.List;
import java.util.Optional;

/** What Harbor's own project published of its lists, beside ours of the same lists. */
final class PublishedFigures {
  private static final String SOURCE = "https://github.com/goharbor/perf/wiki/";

  /**
   * A line of Harbor 2.3.0's table, in milliseconds.
   *
   * @param test the name of its test
   * @param row the name of our row
   */
  private record Line(String test, String row, double median, double p95) {}

  private static final List<Line> LINES =
      List.of(
          new Line("list-projects", "list projects", 1_220, 2_510),
          new Line("list-repositories", "list repositories", 231.8, 514.43),
          new Line("list-artifacts", "list artifacts", 2_440, 3_550),
          new Line("list-audit-logs", "audit log", 2_060, 4_520),
          new Line("list-project-logs", "audit log of a project", 726.72, 1_710));

  private PublishedFigures() {}

  /** A section of the page; nothing if none of the lists was measured. */
  static String of(Results results, String server) {
    StringBuilder table = new StringBuilder();
    for (Line line : LINES) {
      Optional<Statistics> median = find(results, line, RestRows.MEDIAN, server);
      Optional<Statistics> p95 = find(results, line, RestRows.P95, server);
      if (median.isPresent() && p95.isPresent()) {
        table.append(
            "| %s (`%s`) | %s | %s | %s | %s |\n"
                .formatted(
                    line.row(),
                    line.test(),
                    Page.number(median.get().median()),
                    Page.number(p95.get().median()),
                    Page.number(line.median()),
                    Page.number(line.p95())));
      }
    }
    return table.isEmpty() ? "" : section(table);
  }

  private static String section(StringBuilder table) {
    return """

    ## Lists beside Harbor's published figures

    Harbor was **not measured here**. Its project publishes [results](%1$sHarbor-2.3.0) of
    [its own tests](https://github.com/goharbor/perf): of version 2.3.0 on 16 cores with 32 GB, with
    500 clients, by its scripts' default over 100 projects of 100 repositories of 10 artifacts (100,000 in all).
    Orlop's figures are those above: 8 clients on the same cores, pages at random places of 1,000 projects of 100
    repositories of 10 artifacts (1,000,000 in all) and of 1,000,000 lines of log, asked for by an administrator where no
    member is named, at the very end, on Orlop alone. Hardware, clients and data all differ: the columns show what each
    has shown that it can do, and no ratio. Later ones that it publishes, up to [2.10.0](%1$sHarbor-2.10.0), are of a cluster of four
    hosts of 24 cores, where `get-project` has a p95 of 253 ms, and its own [2.5.0](%1$sHarbor-2.5.0) on 16 cores one
    of 1,750 ms.

    | list | Orlop p50, ms | Orlop p95, ms | Harbor 2.3.0 median, ms | Harbor 2.3.0 p95, ms |
    |---|---|---|---|---|
    %2$s\
    """
        .formatted(SOURCE, table);
  }

  private static Optional<Statistics> find(
      Results results, Line line, String figure, String server) {
    return results.get(
        new Results.Line(RestRows.named(line.row()), figure, Unit.MILLISECONDS), server);
  }
}
