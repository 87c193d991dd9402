package io.orlop.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Pulling blobs. */
final class BlobRows {
  private static final int PART = (int) Seeds.MIB;

  private BlobRows() {}

  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    rows.add(get("blob GET 1 MiB, 8 clients", Seeds.MIB, 8));
    rows.add(get("blob GET 100 MiB, 4 clients", 100 * Seeds.MIB, 4));
    rows.add(get("blob GET 1 GiB, 1 client", Seeds.GIB, 1));
    rows.add(get("blob GET 100 MiB, 64 clients on one blob", 100 * Seeds.MIB, 64));
    rows.add(
        new Row(
                "blob GET open-ended range closed after 1 MiB, 8 clients",
                _ -> true,
                true,
                BlobRows::ranges)
            .checkedBy(Reading.range(Seeds.blob(100 * Seeds.MIB), PART)));
    return rows;
  }

  private static Row get(String name, long size, int clients) {
    Payload.Body blob = Seeds.blob(size);
    return new Row(name, _ -> true, true, (server, seconds) -> get(server, seconds, blob, clients))
        .checkedBy(Reading.blob(blob));
  }

  private static List<Figure> get(Server server, double seconds, Payload.Body blob, int clients)
      throws IOException, InterruptedException {
    String path = Seeds.blobPath(Seeds.REPOSITORY, blob.digest());
    String authorization = server.authorization(Seeds.REPOSITORY, "pull");
    double before = ProcessTree.cpuSeconds(server.roots());
    Load.Result result =
        Load.run(clients, seconds, () -> new Getter(server.port(), authorization, path));
    double cpu = ProcessTree.cpuSeconds(server.roots()) - before;
    return List.of(
        new Figure("throughput", Unit.MIB_PER_SECOND, result.mibPerSecond()),
        new Figure("server CPU", Unit.CPU_SECONDS_PER_GIB, cpu * Seeds.GIB / result.bytes()));
  }

  private static List<Figure> ranges(Server server, double seconds)
      throws IOException, InterruptedException {
    long size = 100 * Seeds.MIB;
    String path = Seeds.blobPath(Seeds.REPOSITORY, Seeds.blob(size).digest());
    String authorization = server.authorization(Seeds.REPOSITORY, "pull");
    double before = ProcessTree.cpuSeconds(server.roots());
    Load.Result result =
        Load.run(8, seconds, () -> new RangeGetter(server.port(), authorization, path, size));
    double cpu = ProcessTree.cpuSeconds(server.roots()) - before;
    return List.of(
        new Figure("rate", Unit.REQUESTS_PER_SECOND, result.perSecond()),
        new Figure("server CPU", Unit.CPU_MICROSECONDS_PER_REQUEST, cpu * 1e6 / result.count()));
  }

  /** Asks for all from somewhere on, reads a part and hangs up, as containerd's fetcher does. */
  private record RangeGetter(int port, String authorization, String path, long size)
      implements Load.Client {
    @Override
    public long once() throws IOException {
      try (Connection connection = Connection.to(port, authorization)) {
        long from = ThreadLocalRandom.current().nextLong(size - PART);
        Connection.Head head = connection.send("GET", path, "Range: bytes=" + from + "-");
        if (head.status() != 206) {
          throw new IOException("Status " + head.status() + " for a range of " + path);
        }
        return connection.drain(PART);
      }
    }

    @Override
    public void close() {
      // Each request has a connection of its own.
    }
  }
}
