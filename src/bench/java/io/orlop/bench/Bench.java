package io.orlop.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The command. */
public final class Bench {
  private static final PrintStream OUT = System.out;

  private final Options options;
  private final Path home;
  private final Path folder;
  private final List<Server> servers = new ArrayList<>();
  private final Results results = new Results();

  private Bench(Options options, Path home, Path folder) {
    this.options = options;
    this.home = home;
    this.folder = folder;
  }

  /**
   * Runs it.
   *
   * @param words Orlop's folder, then the options
   */
  public static void main(String[] words) throws IOException, InterruptedException {
    Path home = Path.of(words[0]);
    Options options;
    try {
      options = Options.parse(List.of(words).subList(1, words.length));
    } catch (IllegalArgumentException e) {
      OUT.println(e.getMessage() + "\n\n" + Options.USAGE);
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
        Stream.of(BlobRows.all(), PushRows.all())
            .flatMap(List::stream)
            .filter(row -> options.rows().matcher(row.name()).find())
            .toList();
    servers.addAll(new Peers(home, folder, options.peers()).all());
    OUT.println(Machine.describe(folder));
    for (Server server : servers) {
      double seconds = server.start();
      OUT.printf("%s started in %.1f s: %s%n", server.name(), seconds, server.version());
      Seeds.plant(
          server, List.of(4 * Seeds.KIB, Seeds.MIB, 100 * Seeds.MIB, Seeds.GIB));
    }
    for (int round = 0; round < options.rounds(); round++) {
      for (Row row : rows) {
        for (int i = 0; i < servers.size(); i++) {
          measure(row, servers.get((round + i) % servers.size()), round);
        }
      }
    }
    OUT.println();
    OUT.println(new Page(results, servers.stream().map(Server::name).toList()).table());
    results.failures().forEach(failure -> OUT.println("FAILED " + failure));
  }

  private void measure(Row row, Server server, int round) throws InterruptedException {
    if (!row.servers().test(server)) {
      return;
    }
    try {
      if (row.warms()) {
        row.measure().on(server, round == 0 ? options.warmUp() : options.warmUp() / 3);
      }
      for (Figure figure : row.measure().on(server, options.seconds())) {
        results.add(row.name(), server.name(), figure);
        OUT.printf(
            "%d  %-55s %-16s %s %s %s%n",
            round + 1,
            row.name(),
            server.name(),
            figure.name(),
            Page.number(figure.value()),
            figure.unit().symbol());
      }
    } catch (IOException e) {
      results.addFailure(row.name(), server.name(), String.valueOf(e.getMessage()));
      OUT.printf("%d  %s on %s failed: %s%n", round + 1, row.name(), server.name(), e);
    }
  }

  private void end() {
    try {
      for (Server server : servers) {
        server.stop();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      OUT.println("Something is left in " + folder + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
