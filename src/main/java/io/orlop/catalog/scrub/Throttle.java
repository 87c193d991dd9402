package io.orlop.catalog.scrub;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Keeps a reader to a number of bytes a second. What was not read in time is not made up for. */
final class Throttle {
  private final long bytesPerSecond;
  private final LongSupplier nanoTime;
  private final LongConsumer pause;
  private long readableAt;

  /**
   * Makes one.
   *
   * @param pause waits for a number of nanoseconds, or less
   */
  Throttle(long bytesPerSecond, LongSupplier nanoTime, LongConsumer pause) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.pause = pause;
    readableAt = nanoTime.getAsLong();
  }

  /** Waits as long as bytes that were just read have to last. */
  void waitFor(int bytes) {
    long now = nanoTime.getAsLong();
    long begun = readableAt - now > 0 ? readableAt : now;
    readableAt = begun + (long) (bytes * (double) TimeUnit.SECONDS.toNanos(1) / bytesPerSecond);
    pause.accept(readableAt - now);
  }
}
