package io.orlop.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes results as Markdown. */
final class Page {
  private final Results results;
  private final List<String> servers;

  /**
   * A page.
   *
   * @param servers their names; the first is the one that the others are compared with
   */
  Page(Results results, List<String> servers) {
    this.results = results;
    this.servers = servers;
  }

  /** The table of medians, spreads and ratios. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append("| row | figure | ").append(String.join(" | ", servers)).append(" |\n");
    text.append("|---|---|").append("---|".repeat(servers.size())).append('\n');
    for (Results.Line line : results.lines()) {
      List<String> cells = new ArrayList<>();
      cells.add(line.row());
      cells.add(line.figure() + ", " + line.unit().symbol());
      servers.forEach(server -> cells.add(cell(line, server)));
      text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    return text.toString();
  }

  private String cell(Results.Line line, String server) {
    Optional<Statistics> own = results.get(line, servers.getFirst());
    return results
        .get(line, server)
        .map(
            statistics ->
                spread(statistics)
                    + own.filter(_ -> !server.equals(servers.getFirst()))
                        .map(orlop -> " ×" + number(statistics.ratioTo(orlop)))
                        .orElse(""))
        .orElse("–");
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
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value);
  }
}
