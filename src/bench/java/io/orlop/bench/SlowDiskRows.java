package io.orlop.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Answers while others wait for the disk. */
final class SlowDiskRows {
  private static final int UPLOADS = 16;
  private static final int CLIENTS = 16;
  private static final Payload PAYLOAD = new Payload(16 * Seeds.MIB);

  private SlowDiskRows() {}

  static List<Row> all(BooleanSupplier possible) {
    return List.of(
        new Row(
            "/v2/ with token while 16 uploads write to a disk of 20 MiB/s",
            server -> server.isRegistry() && possible.getAsBoolean(),
            false,
            SlowDiskRows::answers));
  }

  private static List<Figure> answers(Server server, double seconds)
      throws IOException, InterruptedException {
    Machine.sync(server.folder());
    String pushing = server.authorization("library/slow", "pull,push");
    String pulling = server.authorization(Seeds.REPOSITORY, "pull");
    CompletableFuture<Load.Result> uploads;
    Wrk.Result result;
    double disk;
    try (SlowDisk _ = SlowDisk.under(server)) {
      uploads = CompletableFuture.supplyAsync(() -> upload(server, pushing, seconds + 2));
      TimeUnit.SECONDS.sleep(2);
      long before = Machine.writtenBytes(server.folder());
      long begun = System.nanoTime();
      result = Wrk.run(server, seconds, CLIENTS, new Wrk.Request("GET", "/v2/", pulling));
      long written = Machine.writtenBytes(server.folder()) - before;
      disk = written / Server.secondsSince(begun);
    }
    try {
      uploads.get();
    } catch (ExecutionException e) {
      throw new IOException("An upload failed: " + e.getMessage(), e);
    }
    return List.of(
        new Figure("rate", Unit.REQUESTS_PER_SECOND, result.perSecond()).noting(result.note()),
        new Figure("p99", Unit.MILLISECONDS, result.p99()),
        new Figure("the disk wrote", Unit.MIB_PER_SECOND_OF_A_SLOW_DISK, disk / Seeds.MIB)
            .noting(slow(disk)));
  }

  /** What follows from how much the disk wrote: some kernels slow only those who sync. */
  private static String slow(double bytesPerSecond) {
    return bytesPerSecond > 2 * SlowDisk.BYTES_PER_SECOND
        ? "the disk was not slow: the kernel wrote for the server, which does not sync"
        : "";
  }

  private static Load.Result upload(Server server, String authorization, double seconds) {
    try {
      return Load.run(
          UPLOADS,
          seconds,
          () ->
              new PushRows.Pusher(
                  Push.to(server, "library/slow", authorization),
                  PAYLOAD,
                  Push.Style.STREAMED_PATCH));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
