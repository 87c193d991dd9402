package io.orlop.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Pulling a blob over the servers' own TLS. */
final class TlsRows {
  static final String NAME = "TLS: blob GET 100 MiB, 4 clients";

  private static final int CLIENTS = 4;
  private static final double WARM_UP_SECONDS = 5;

  private final Path folder;
  private final Path home;
  private Optional<Orlop> own = Optional.empty();

  /**
   * The rows.
   *
   * @param folder where everything is that is measured
   * @param home where Orlop's launcher is
   */
  TlsRows(Path folder, Path home) {
    this.folder = folder;
    this.home = home;
  }

  List<Row> all() {
    return List.of(
        new Row(
            NAME,
            server ->
                Certificate.isPossible() && (server instanceof Nginx || server instanceof Orlop),
            false,
            this::throughput));
  }

  void close() throws IOException, InterruptedException {
    if (own.isPresent()) {
      own.get().close();
    }
  }

  private List<Figure> throughput(Server server, double seconds)
      throws IOException, InterruptedException {
    if (server instanceof Orlop) {
      Orlop second = startSecond();
      try {
        return throughputOf(second, seconds);
      } finally {
        // What two Orlops read of the same files would count half in the memory of each.
        second.stop();
      }
    }
    return throughputOf(server, seconds);
  }

  private static List<Figure> throughputOf(Server with, double seconds)
      throws IOException, InterruptedException {
    String path = Seeds.blobPath(Seeds.REPOSITORY, Seeds.blob(100 * Seeds.MIB).digest());
    String authorization = with.authorization(Seeds.REPOSITORY, "pull");
    Wrk.Request request = new Wrk.Request("GET", path, authorization, with.tlsPort());
    // A first handshake may take longer than a sample.
    Wrk.once(with, WARM_UP_SECONDS, CLIENTS, request);
    double before = ProcessTree.cpuSeconds(with.roots());
    long begun = System.nanoTime();
    Wrk.Result result = Wrk.once(with, seconds, CLIENTS, request);
    double took = Server.secondsSince(begun);
    double cpu = ProcessTree.cpuSeconds(with.roots()) - before;
    if (result.mibPerSecond() == 0) {
      throw new IOException("nothing came over TLS");
    }
    double gib = result.mibPerSecond() * took / 1024;
    return List.of(
        new Figure("throughput", Unit.MIB_PER_SECOND, result.mibPerSecond()).noting(result.note()),
        new Figure("server CPU", Unit.CPU_SECONDS_PER_GIB, cpu / gib));
  }

  /** A second Orlop: the first keeps its defaults, of which TLS is none. */
  private Orlop startSecond() throws IOException, InterruptedException {
    if (own.isPresent()) {
      own.get().start();
    } else {
      Orlop second = Orlop.withTls(folder.resolve("orlop-tls"), home, Certificate.in(folder));
      own = Optional.of(second);
      second.start();
      Seeds.plant(second, List.of(100 * Seeds.MIB));
    }
    return own.get();
  }
}
