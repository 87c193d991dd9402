package io.orlop.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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
  String render(String machine, LocalDate day, List<Double> seconds) {
    return """
    # Benchmarks

    Written by `./orlop bench` on %s: %s. The load client runs on the same cores. Each figure is the median
    (least–most) of %d rounds with samples of %s s; `×` is a peer's median divided by Orlop's. In each round every
    row runs on one server after the other, in rotated order; each server has done every row before the first round, and
    is warmed by the same requests again before each sample, but for the rows named below; the next begins when
    the one before has nothing left to do. What a missed aim costs, and what was tried, is in [Profiles](profiles.md).

    - Not warmed by themselves are the pushes of 1 GiB and those of 100 MiB by 32 clients, since one of each client takes
      seconds and writes up to 8 GiB (smaller pushes warm the same code before them); `/v2/` beside a slow disk (the
      uploads run for 2 s before the clock does); and the starts, which are about servers that are not warm. TLS is
      warmed for 5 s before each sample, and not before the first round. The lists (`REST:`) are warmed once all that
      they list is there, and before each sample.
    - Before each sample of a GET or HEAD of a blob, a manifest or a range, one answer to a GET is read and hashed outside
      the time that is measured (TLS aside); other bytes than were pushed fail the sample, which is listed at the end.
    - Orlop runs with its defaults, as `./orlop run` starts it: it asks for a token and writes a line of access
      log for each request. The peers let everybody in, as they do by default, and their access logs are off.
    - Pushed blobs of 1 MiB and more are emptied in every server's folder after each sample, and the disk is
      synced, so that it does not fill up. Deleted ones would slow down whoever makes files next: ext4 without a
      journal does not give their inodes away for minutes.
    - The pushes are 16 of the 36 that four sizes (1 KiB, 1 MiB, 100 MiB, 1 GiB), 1, 8 and 32 clients and three styles
      make, chosen so that a run takes less than an hour: each size by 1, 8 and 32 clients, but for 1 GiB by 32, which
      would write 32 GiB; each size in each style, but for 100 MiB by POST+PUT and 1 GiB by one POST. One more is of 1 MiB
      by 16 clients, which has an aim. In rows of 1 GiB, and in that of 100 MiB by 32 clients, each client pushes one blob.
    - Rows with 64 clients are measured by wrk. A request without an answer within 2 s is an error and noted
      below the figures, which are those of the answers; a cell that has a note is marked †.
    - Half load is half of what each server can do, so every server is asked for another rate; the row at 6,000 a
      second asks the same of all. There and at half load a request is due at its time, and its latency counts
      from then.
    - A second start is measured as it is typed: for Orlop from `./orlop run` on, with the launcher's look for
      changed sources and the start of PostgreSQL, to the first 200. Each server is stopped again before the next
      one's turn, since some read all that they hold for minutes. A first start is once a run, into an empty folder:
      Orlop makes its database then.
    - Memory under load is the most that a look each second found in a round, over all rows but the starts and the lists
      (`REST:`). These come last, on Orlop alone, and have a figure of their own; in the first round it has in it the
      making of what they list.
    - After each push Docker pulls the image seven times, to warm up once; the figure is the median of the seven.
    %s\
    - TLS is each server's own, with one certificate (ECDSA, P-256); Orlop's is a second process, since it is off by
      default.

    | server | version | durability |
    |---|---|---|
    %s
    Orlop's 201 promises that file, folder and the database's row survive a power cut. No peer's promises as much:
    docker-registry, distribution and zot with `commit` sync the blob's file alone. What they do better is listed all the
    same.
    %s
    ## Aims

    %s
    ## Where a peer is ahead

    Peers are the registries; in rows that write, those that sync. nginx is left out: it serves files to anybody, and
    knows no tags, tokens or pushes. Its figures are below, and aims are set against it. Orlop runs in a JVM, with a
    database beside it; the registries are single programs of machine code without one. They start sooner and take
    less memory while nobody asks for anything.

    %s
    ## Figures

    %s%s%s%s%s\
    """
        .formatted(
            day,
            machine,
            seconds.size(),
            lengths(seconds),
            disk(),
            abouts(),
            byHand(),
            aims(),
            behind(),
            table(),
            baseline(),
            PublishedFigures.of(results, servers.getFirst().name()),
            notes(),
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

  /** What a registry of comparable durability does better, by the medians. */
  String behind() {
    String own = servers.getFirst().name();
    StringBuilder text = new StringBuilder();
    for (Results.Line line : results.lines()) {
      Optional<Statistics> mine = results.get(line, own);
      Optional<About> best =
          servers.stream()
              .filter(server -> Targets.isPeer(line.row(), server.name()))
              .filter(server -> results.get(line, server.name()).isPresent())
              .min(Comparator.comparingDouble(server -> rank(line, server.name())));
      if (mine.isPresent() && best.isPresent() && isAhead(line, best.get().name(), own)) {
        text.append(
            "| %s | %s, %s | %s | %s | %s | %s |\n"
                .formatted(
                    line.row(),
                    line.figure(),
                    line.unit().symbol(),
                    spread(mine.get()),
                    best.get().name(),
                    cell(line, best.get().name()),
                    rateBeside(line, best.get().name())));
      }
    }
    return text.isEmpty()
        ? "Nowhere.\n"
        : """
        In rows that write, peers wait for less than Orlop does: see their durability above. Less than half a percent
        counts as equal. A latency stands beside its row's rate, as a share of Orlop's.

        | row | figure | Orlop | best peer | its figure | at |
        |---|---|---|---|---|---|
        """
            + text;
  }

  /** How much a server did while it had this latency; empty for what is no latency. */
  private String rateBeside(Results.Line line, String server) {
    if (line.unit() != Unit.MILLISECONDS) {
      return "";
    }
    String own = servers.getFirst().name();
    return results.lines().stream()
        .filter(other -> other.row().equals(line.row()) && other.unit().higherIsBetter())
        .filter(other -> results.get(other, server).isPresent())
        .findFirst()
        .map(rate ->
            "×"
                + number(
                    results
                        .get(rate, server)
                        .orElseThrow()
                        .ratioTo(results.get(rate, own).orElseThrow()))
                + " the "
                + rate.figure())
        .orElse("");
  }

  /** Less than half a percent, which the page would print as ×1.00, is no difference. */
  private boolean isAhead(Results.Line line, String peer, String own) {
    double ratio =
        results.get(line, peer).orElseThrow().ratioTo(results.get(line, own).orElseThrow());
    return line.unit().isCompared()
        && rank(line, peer) < rank(line, own)
        && !number(ratio).equals("1.00");
  }

  /** The less the better. */
  private double rank(Results.Line line, String server) {
    double median = results.get(line, server).orElseThrow().median();
    return line.unit().higherIsBetter() ? -median : median;
  }

  private String abouts() {
    StringBuilder text = new StringBuilder();
    for (About server : servers) {
      text.append(
          "| %s | %s | %s |\n".formatted(server.name(), server.version(), server.durability()));
    }
    return text.toString();
  }

  /** How much the disk varied, which rows that push vary with. */
  private String disk() {
    return results.lines().stream()
        .filter(line -> line.row().equals(Baseline.ROW))
        .flatMap(line -> results.get(line, Baseline.DISK).stream())
        .findFirst()
        .map(dd ->
            """
            - The disk is unsteady: in this run `dd` with `conv=fsync` reached from %s to %s MiB/s. In a quiet hour of
              another day it was [more](profiles.md#a-quiet-disk).
            """
                .formatted(number(dd.min()), number(dd.max())))
        .orElse("");
  }

  private String byHand() {
    return names().stream().anyMatch(name -> name.startsWith("zot"))
        ? """

        zot is in no package registry: it was built by hand from its [public
        repository](https://github.com/project-zot/zot), and `ORLOP_BENCH_ZOT` says where the program is.
        """
        : "";
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

  private static String lengths(List<Double> seconds) {
    return seconds.stream().map(Page::number).distinct().collect(Collectors.joining(", "));
  }

  private String notes() {
    StringBuilder text = new StringBuilder();
    if (!results.notes().isEmpty()) {
      text.append("\n## Notes (†)\n\n");
      for (Results.Note note : results.notes()) {
        text.append(
            "- %s, %s: %s\n".formatted(note.cell().row(), note.cell().server(), note.text()));
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
      return results.isUnsupported(line.row(), server) ? "not supported" : "–";
    }
    Optional<Statistics> own = server.equals(first) ? Optional.empty() : results.get(line, first);
    return spread(value.get())
        + own.map(orlop -> " ×" + number(value.get().ratioTo(orlop))).orElse("")
        + (isNoted(line.row(), server) ? " †" : "");
  }

  private boolean isNoted(String row, String server) {
    return results.notes().stream()
        .map(Results.Note::cell)
        .anyMatch(new Results.Cell(row, server)::equals);
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
