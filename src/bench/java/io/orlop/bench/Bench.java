package io.orlop.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Stream;

/** The command. */
public final class Bench {
  private static final PrintStream OUT = System.out;
  private static final double WARM_UP_SECONDS = 2;

  /** How long a server may go on for clients that have left. */
  private static final Duration LEFT_PATIENCE = Duration.ofSeconds(8);

  /** One that was started anew may read all its tags again. */
  private static final Duration STARTED_PATIENCE = Duration.ofMinutes(2);

  private final Options options;
  private final Path home;
  private final Path folder;
  private final DockerRows docker;
  private final MemoryWatch memory = new MemoryWatch();
  private final List<Server> servers = new ArrayList<>();
  private final Results results = new Results();
  private final List<Double> seconds = new ArrayList<>();
  private final Map<String, Double> firstStarts = new LinkedHashMap<>();
  private final TlsRows tls;
  private final RestRows rest = new RestRows(OUT);
  private Plan plan = new Plan(1, 1, 1);
  private volatile boolean ending;

  private Bench(Options options, Path home, Path folder) {
    this.options = options;
    this.home = home;
    this.folder = folder;
    this.docker = new DockerRows(folder.resolve("docker"));
    this.tls = new TlsRows(folder, home);
  }

  /**
   * Runs it.
   *
   * @param words Orlop's folder, then the options
   */
  public static void main(String[] words) throws IOException, InterruptedException {
    Path home = Path.of(words[0]);
    List<String> given = List.of(words).subList(1, words.length);
    Options options;
    try {
      options = Options.parse(given);
    } catch (IllegalArgumentException e) {
      OUT.println(given.contains("--help") ? Options.USAGE : e.getMessage());
      System.exit(2);
      return;
    }
    Path folder = Files.createTempDirectory(home.resolve("target"), "bench-");
    Bench bench = new Bench(options, home, folder);
    Runtime.getRuntime().addShutdownHook(new Thread(bench::end, "end-servers"));
    bench.run();
  }

  private void run() throws IOException, InterruptedException {
    List<Row> rows =
        wanted(
            Stream.of(
                RequestRows.all(),
                BlobRows.all(),
                tls.all(),
                PushRows.all(),
                SlowDiskRows.all(SlowDisk::isPossible),
                docker.all(),
                StartRows.all(),
                rest.all()));
    String machine = Machine.describe(folder);
    OUT.println(machine);
    List<Page.About> about = start(rows);
    List<Row> starts = rows.stream().filter(row -> row.name().equals(StartRows.NAME)).toList();
    // The last of all: with what they list, Orlop's memory and disk are no longer as its peers'.
    List<Row> lists = rows.stream().filter(RestRows::isList).toList();
    List<Row> loads =
        rows.stream().filter(row -> !starts.contains(row) && !lists.contains(row)).toList();
    if (!options.quick()) {
      warmUp(loads);
    }
    plan = new Plan(samples(rows), options.rounds(), options.minutes());
    for (int round = 0; round < options.rounds(); round++) {
      seconds.add(round(loads, round));
    }
    if (!starts.isEmpty()) {
      firstStarts.forEach((server, took) ->
          results.add(
              StartRows.FIRST_START, server, new Figure(StartRows.FIRST, Unit.SECONDS, took)));
    }
    // At the end, since a server that has just started is slower than one that has run for a while.
    for (int round = 0; round < options.rounds(); round++) {
      for (Row start : starts) {
        measure(start, round, 0);
      }
    }
    for (Server server : servers) {
      if (!starts.isEmpty() && lists.stream().anyMatch(list -> list.servers().test(server))) {
        server.start();
      }
    }
    Map<String, Double> _ = memory.take();
    for (int round = 0; round < options.rounds(); round++) {
      for (Row list : lists) {
        measure(list, round, seconds.get(round));
      }
      addMemory(Targets.MOST_OF_LISTS);
    }
    memory.close();
    report(new Page(results, about), machine);
  }

  /** Measures everything once; returns how long each sample took. */
  private double round(List<Row> rows, int round) throws IOException, InterruptedException {
    double planned = plan.beginRound(round);
    double length = options.quick() ? 1 : planned;
    OUT.printf("Round %d, samples of %.1f s%n", round + 1, length);
    for (Row row : rows) {
      if (row.name().startsWith(PushRows.LARGEST)) {
        Baseline.measure(folder, results);
      }
      measure(row, round, length);
    }
    addMemory(Targets.MOST);
    plan.endRound();
    return length;
  }

  private int samples(List<Row> rows) {
    return (int) rows.stream().flatMap(row -> servers.stream().filter(row.servers())).count();
  }

  private List<Row> wanted(Stream<List<Row>> rows) {
    return rows.flatMap(List::stream)
        .filter(row -> options.rows().matcher(row.name()).find())
        .toList();
  }

  private List<Page.About> start(List<Row> rows) throws IOException, InterruptedException {
    List<Page.About> about = new ArrayList<>();
    boolean onlyLists = rows.stream().allMatch(RestRows::isList);
    for (Server server : new Peers(home, folder, options.peers()).all()) {
      if (rows.stream().noneMatch(row -> row.servers().test(server))) {
        continue;
      }
      servers.add(server);
      double seconds = server.start();
      firstStarts.put(server.name(), seconds);
      OUT.printf("%s started in %.1f s: %s%n", server.name(), seconds, server.version());
      if (!onlyLists) {
        Seeds.plant(server, List.of(4 * Seeds.KIB, Seeds.MIB, 100 * Seeds.MIB, Seeds.GIB));
      }
      for (int count : RequestRows.TAG_COUNTS) {
        String row = RequestRows.tagsRow(count);
        if (server.isRegistry() && rows.stream().anyMatch(one -> one.name().equals(row))) {
          server.seedTags(RequestRows.tagged(count), count);
        }
      }
      about.add(new Page.About(server.name(), server.version(), server.durability()));
    }
    return about;
  }

  /** Measures a row on every server, beginning with another one each round. */
  private void measure(Row row, int round, double length) throws InterruptedException {
    for (int i = 0; i < servers.size(); i++) {
      Server server = servers.get((round + i) % servers.size());
      if (!ending && row.servers().test(server)) {
        measure(row, server, length);
      }
    }
  }

  private void measure(Row row, Server server, double length) throws InterruptedException {
    String progress = plan.progress();
    ScheduledFuture<?> watching = memory.watch(server);
    try {
      if (row.warmUp().isPresent()) {
        row.warmUp().get().on(server, Math.min(1, length / 2));
      }
      row.check().on(server);
      for (Figure figure : row.measure().on(server, length)) {
        results.add(row.name(), server.name(), figure);
        if (!figure.note().isEmpty()) {
          results.addNote(row.name(), server.name(), figure.note());
        }
        OUT.printf(
            "%s  %-55s %-16s %s %s %s %s%n",
            progress,
            row.name(),
            server.name(),
            figure.name(),
            Page.number(figure.value()),
            figure.unit().symbol(),
            figure.note());
      }
    } catch (UnsupportedException e) {
      results.addUnsupported(row.name(), server.name());
    } catch (IOException e) {
      results.addFailure(row.name(), server.name(), String.valueOf(e.getMessage()));
      OUT.printf("%s  %s on %s failed: %s%n", progress, row.name(), server.name(), e);
    } finally {
      watching.cancel(false);
      calm(row, server);
    }
  }

  /** Every server does all there is, for programs that compile themselves while they run. */
  private void warmUp(List<Row> rows) throws InterruptedException {
    OUT.printf("Warming up, %.1f s for each row and server%n", WARM_UP_SECONDS);
    for (Row row : rows) {
      for (Server server : servers) {
        if (!ending && row.warmUp().isPresent() && row.servers().test(server)) {
          try {
            row.warmUp().get().on(server, WARM_UP_SECONDS);
          } catch (IOException e) {
            OUT.printf("%s on %s does not warm up: %s%n", row.name(), server.name(), e);
          } finally {
            calm(row, server);
          }
        }
      }
    }
  }

  /** A server that goes on working for clients that have left would slow down the next one. */
  private void calm(Row row, Server server) throws InterruptedException {
    try {
      if (row.name().equals(StartRows.NAME)) {
        // Some read all that they hold again, for minutes: the next one's time.
        server.stop();
      } else if (!server.isCalm(LEFT_PATIENCE)) {
        server.stop();
        server.start();
        boolean _ = server.isCalm(STARTED_PATIENCE);
        results.addNote(
            row.name(), server.name(), "still busy long after its clients had left: started anew");
      }
    } catch (IOException e) {
      results.addFailure(row.name(), server.name(), "not started anew: " + e.getMessage());
    }
  }

  /** What each server took at most since the last call. */
  private void addMemory(String figure) {
    memory
        .take()
        .forEach((server, mib) ->
            results.add(Targets.MEMORY, server, new Figure(figure, Unit.MIB, mib)));
  }

  private void report(Page page, String machine) throws IOException {
    String text = page.render(machine, LocalDate.now(ZoneOffset.UTC), seconds);
    if (options.full()) {
      Files.writeString(home.resolve("docs/benchmarks.md"), text);
      OUT.println("Written: docs/benchmarks.md");
    } else {
      OUT.println("\n" + text);
    }
  }

  /** Ends every process that we started, and deletes what they wrote. */
  private void end() {
    try {
      ending = true;
      docker.close();
      tls.close();
      for (Server server : servers) {
        server.close();
      }
      Shell.delete(folder);
    } catch (IOException e) {
      OUT.println("Something is left in " + folder + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
