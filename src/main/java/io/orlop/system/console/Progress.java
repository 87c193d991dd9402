package io.orlop.system.console;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts blobs and bytes, and tells every few seconds how far it has come. */
public final class Progress implements AutoCloseable {
  private static final long EVERY_SECONDS = 5;
  private static final double MEBIBYTE = 1 << 20;

  private final String verb;
  private final long blobs;
  private final long bytes;
  private final long begun = System.nanoTime();
  private final AtomicLong blobsDone = new AtomicLong();
  private final AtomicLong bytesMoved = new AtomicLong();
  private final AtomicLong bytesSkipped = new AtomicLong();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("orlop-progress").daemon().factory());

  /**
   * Begins to tell.
   *
   * @param verb what is done, like {@code copied}
   * @param blobs how many there are
   * @param bytes how many bytes they have together
   */
  public Progress(Console console, String verb, long blobs, long bytes) {
    this.verb = verb;
    this.blobs = blobs;
    this.bytes = bytes;
    var _ =
        ticker.scheduleWithFixedDelay(
            () -> console.tell("  " + line()), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Counts bytes on their way. */
  public void moved(long count) {
    bytesMoved.addAndGet(count);
  }

  /** Counts a blob that needs no work. */
  public void skipped(long size) {
    bytesSkipped.addAndGet(size);
    blobsDone.incrementAndGet();
  }

  /** Counts a blob that is through. */
  public void done() {
    blobsDone.incrementAndGet();
  }

  /** Returns how many bytes have been on their way. */
  public long bytesMoved() {
    return bytesMoved.get();
  }

  /** Returns the line that tells how far it has come. */
  String line() {
    double seconds = Math.max(0.001, (System.nanoTime() - begun) / 1e9);
    double rate = bytesMoved.get() / seconds;
    long left = Math.max(0, bytes - bytesMoved.get() - bytesSkipped.get());
    String end = left == 0 || rate < 1 ? "" : ", " + time((long) (left / rate)) + " left";
    return "%d of %d blobs %s, %s of %s, %.1f MiB/s%s"
        .formatted(
            blobsDone.get(),
            blobs,
            verb,
            size(bytesMoved.get() + bytesSkipped.get()),
            size(bytes),
            rate / MEBIBYTE,
            end);
  }

  /** Writes a number of bytes as people read it. */
  public static String size(long count) {
    double mebibytes = count / MEBIBYTE;
    return mebibytes < 1024
        ? String.format(Locale.ROOT, "%.1f MiB", mebibytes)
        : String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1024);
  }

  private static String time(long seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    return duration.toHours() > 0
        ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
        : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }

  @Override
  public void close() {
    ticker.shutdownNow();
  }
}
