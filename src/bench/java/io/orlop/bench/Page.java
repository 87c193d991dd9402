package io.orlop.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes results as Markdown. */
final class Page {
  private final Results results;
  private final List<About> servers;

  /**
   * A server on the page.
   *
   * @param durability what it does before it acknowledges a push
   */
  record About(String name, String version, String durability) {}

  /**
   * A page.
   *
   * @param servers the first is the one that the others are compared with
   */
  Page(Results results, List<About> servers) {
    this.results = results;
    this.servers = servers;
  }

  /** The whole page. */
  String render(String machine, LocalDate day, Options options) {
    return """
    # Benchmarks

    Written by `./orlop bench` on %s: %s. The load client runs on the same cores. Each figure is the median
    (least–most) of %d rounds of %s s; `×` is a peer's median divided by Orlop's. In each round every row runs on
    one server after the other, in rotated order, each warmed by the same requests before. Orlop runs as
    `./orlop run` starts it and asks for a token, as it does by default; the peers run as they do by default, and
    let everybody in.

    | server | version | durability |
    |---|---|---|
    %s
    ## Aims

    %s
    ## Figures

    %s%s%s\
    """
        .formatted(
            day,
            machine,
            options.rounds(),
            number(options.seconds()),
            abouts(),
            aims(),
            table(),
            baseline(),
            failures());
  }

  /** The table of medians, spreads and ratios. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append("| row | figure | ").append(String.join(" | ", names())).append(" |\n");
    text.append("|---|---|").append("---|".repeat(servers.size())).append('\n');
    for (Results.Line line : results.lines()) {
      if (line.row().equals(Baseline.ROW)) {
        continue;
      }
      List<String> cells = new ArrayList<>();
      cells.add(line.row());
      cells.add(line.figure() + ", " + line.unit().symbol());
      names().forEach(server -> cells.add(cell(line, server)));
      text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    return text.toString();
  }

  /** The table of what is to be reached and what was. */
  String aims() {
    StringBuilder text =
        new StringBuilder("| row | figure | aim | Orlop | |\n|---|---|---|---|---|\n");
    String own = servers.getFirst().name();
    for (Target target : Targets.all()) {
      Optional<Statistics> value = target.find(results, own);
      if (value.isEmpty()) {
        continue;
      }
      String met =
          target.met(results, own).map(yes -> yes ? "met" : "**missed**").orElse("not compared");
      text.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  target.row(), target.figure(), target.words(results), spread(value.get()), met));
    }
    return text.toString();
  }

  private String abouts() {
    StringBuilder text = new StringBuilder();
    for (About server : servers) {
      text.append(
          "| %s | %s | %s |\n".formatted(server.name(), server.version(), server.durability()));
    }
    return text.toString();
  }

  private String baseline() {
    StringBuilder text = new StringBuilder();
    for (Results.Line line : results.lines()) {
      if (line.row().equals(Baseline.ROW)) {
        text.append("\nIn the minute of the pushes of 1 GiB the machine itself did: ");
        List<String> all = new ArrayList<>();
        for (String what : List.of(Baseline.DISK, Baseline.SHA256)) {
          results
              .get(line, what)
              .ifPresent(value -> all.add(what + " " + spread(value) + " MiB/s"));
        }
        text.append(String.join(", ", all)).append(".\n");
      }
    }
    return text.toString();
  }

  private String failures() {
    StringBuilder text = new StringBuilder();
    if (!results.failures().isEmpty()) {
      text.append("\n## Failed\n\n");
      results.failures().forEach(failure -> text.append("- ").append(failure).append('\n'));
    }
    return text.toString();
  }

  private List<String> names() {
    return servers.stream().map(About::name).toList();
  }

  private String cell(Results.Line line, String server) {
    String first = servers.getFirst().name();
    Optional<Statistics> value = results.get(line, server);
    if (value.isEmpty()) {
      return "–";
    }
    Optional<Statistics> own = server.equals(first) ? Optional.empty() : results.get(line, first);
    return spread(value.get())
        + own.map(orlop -> " ×" + number(value.get().ratioTo(orlop))).orElse("");
  }

  private static String spread(Statistics statistics) {
    String median = "**" + number(statistics.median()) + "**";
    return statistics.rounds() == 1
        ? median
        : median + " (" + number(statistics.min()) + "–" + number(statistics.max()) + ")";
  }

  /** Three digits that count, and no more. */
  static String number(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }
}
