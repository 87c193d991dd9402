package io.orlop.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Pushing blobs and manifests. */
final class PushRows {
  /** How the names of the rows begin that the disk itself is measured beside. */
  static final String LARGEST = "push 1 GiB";

  /** Blobs from this size on are taken away after a sample, so that no disk fills up. */
  private static final long LARGE = Seeds.MIB;

  /** Up to this size there are enough of them for a percentile. */
  private static final long MANY = 10 * Seeds.MIB;

  private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());

  private PushRows() {}

  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    rows.add(push("1 KiB", Seeds.KIB, 1, Push.Style.POST_PUT));
    rows.add(push("1 KiB", Seeds.KIB, 1, Push.Style.SINGLE_POST));
    rows.add(push("1 KiB", Seeds.KIB, 8, Push.Style.SINGLE_POST));
    rows.add(push("1 KiB", Seeds.KIB, 32, Push.Style.POST_PUT));
    rows.add(push("1 KiB", Seeds.KIB, 32, Push.Style.STREAMED_PATCH));
    rows.add(push("1 MiB", Seeds.MIB, 1, Push.Style.POST_PUT));
    rows.add(push("1 MiB", Seeds.MIB, 8, Push.Style.SINGLE_POST));
    rows.add(push("1 MiB", Seeds.MIB, 16, Push.Style.POST_PUT));
    rows.add(push("1 MiB", Seeds.MIB, 32, Push.Style.POST_PUT));
    rows.add(push("1 MiB", Seeds.MIB, 32, Push.Style.STREAMED_PATCH));
    rows.add(push("100 MiB", 100 * Seeds.MIB, 1, Push.Style.SINGLE_POST));
    rows.add(push("100 MiB", 100 * Seeds.MIB, 1, Push.Style.STREAMED_PATCH));
    rows.add(push("100 MiB", 100 * Seeds.MIB, 8, Push.Style.STREAMED_PATCH));
    rows.add(push("100 MiB", 100 * Seeds.MIB, 32, Push.Style.STREAMED_PATCH));
    rows.add(push("1 GiB", Seeds.GIB, 1, Push.Style.POST_PUT));
    rows.add(push("1 GiB", Seeds.GIB, 1, Push.Style.STREAMED_PATCH));
    rows.add(push("1 GiB", Seeds.GIB, 8, Push.Style.STREAMED_PATCH));
    rows.add(new Row("manifest PUT, 16 clients", Server::isRegistry, true, PushRows::manifests));
    return rows;
  }

  private static Row push(String size, long bytes, int clients, Push.Style style) {
    String who = clients == 1 ? "1 client" : clients + " clients";
    Payload payload = new Payload(bytes);
    boolean large = bytes * clients >= Seeds.GIB;
    return new Row(
        "push " + size + ", " + who + ", " + style.words(),
        Server::isRegistry,
        !large,
        // One of each client is long enough.
        (server, seconds) -> push(server, large ? 0 : seconds, payload, clients, style));
  }

  private static List<Figure> push(
      Server server, double seconds, Payload payload, int clients, Push.Style style)
      throws IOException, InterruptedException {
    Machine.sync(server.folder());
    String repository = "library/pushed";
    String authorization = server.authorization(repository, "pull,push");
    if (style == Push.Style.SINGLE_POST
        && !Push.takesSinglePost(server, repository, authorization)) {
      throw new UnsupportedException();
    }
    long begun = System.currentTimeMillis();
    double before = ProcessTree.cpuSeconds(server.roots());
    Load.Result result =
        Load.run(
            clients,
            seconds,
            () -> new Pusher(Push.to(server, repository, authorization), payload, style));
    double cpu = ProcessTree.cpuSeconds(server.roots()) - before;
    if (payload.size() >= LARGE) {
      throwAway(server, begun, payload.size());
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("rate", Unit.REQUESTS_PER_SECOND, result.perSecond()));
    if (payload.size() >= LARGE) {
      figures.set(0, new Figure("throughput", Unit.MIB_PER_SECOND, result.mibPerSecond()));
      figures.add(
          new Figure("server CPU", Unit.CPU_SECONDS_PER_GIB, cpu * Seeds.GIB / result.bytes()));
    }
    if (payload.size() < MANY) {
      figures.add(new Figure("p99", Unit.MILLISECONDS, result.percentileMillis(0.99)));
    }
    return figures;
  }

  private static List<Figure> manifests(Server server, double seconds)
      throws IOException, InterruptedException {
    // In a repository of their own: zot reads all that a repository has for each pull from it.
    String repository = "library/manifests" + SERIAL.incrementAndGet();
    Seeds.pushImage(server, repository, "latest");
    Machine.sync(server.folder());
    String authorization = server.authorization(repository, "pull,push");
    Load.Result result =
        Load.run(16, seconds, () -> new ManifestPusher(Push.to(server, repository, authorization)));
    return List.of(
        new Figure("rate", Unit.REQUESTS_PER_SECOND, result.perSecond()),
        new Figure("p99", Unit.MILLISECONDS, result.percentileMillis(0.99)));
  }

  /** Takes the bytes of the files that a sample has left, the same way for every server. */
  private static void throwAway(Server server, long since, long size)
      throws IOException, InterruptedException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(server.blobs())) {
      files = all.filter(file -> isPushed(file, since, size)).toList();
    }
    for (Path file : files) {
      empty(file);
    }
    Machine.sync(server.folder());
  }

  /**
   * Deleted, it would leave an inode that some file systems do not give away for minutes: whoever
   * makes files next looks past thousands of them, one by one.
   */
  private static void empty(Path file) throws IOException {
    try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.WRITE)) {
      bytes.truncate(0);
    } catch (NoSuchFileException e) {
      // A staged file that has just gone.
    }
  }

  private static boolean isPushed(Path file, long since, long size) {
    try {
      return Files.isRegularFile(file)
          && Files.size(file) == size
          && Files.getLastModifiedTime(file).toMillis() >= since;
    } catch (IOException e) {
      // A staged file that has just gone.
      return false;
    }
  }

  /** Pushes blobs that nobody has seen. */
  record Pusher(Push push, Payload payload, Push.Style style) implements Load.Client {
    @Override
    public long once() throws IOException {
      push.push(style, payload.unique());
      return payload.size();
    }

    @Override
    public void close() throws IOException {
      push.close();
    }
  }

  /** Pushes manifests that nobody has seen, each under a tag of its own. */
  private record ManifestPusher(Push push) implements Load.Client {
    @Override
    public long once() throws IOException {
      String serial = Long.toString(SERIAL.incrementAndGet());
      byte[] manifest = Seeds.manifest(serial);
      push.manifest("p" + serial, manifest);
      return manifest.length;
    }

    @Override
    public void close() throws IOException {
      push.close();
    }
  }
}
