package io.orlop.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Tells whether the machine's clock can be believed: whether it has gone on as time does, without a
 * jump. What destroys things for their age asks first. A clock that was set a day ahead would make
 * everything look a day older than it is.
 */
@ApplicationScoped
public class ClockWatch {
  /** By how much a clock may be slewed between two looks without counting as set. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Instant begun;
  private final long begunNanos;
  private long steadySince;
  private Duration ahead = Duration.ZERO;

  /** Watches the system clock. */
  protected ClockWatch() {
    this(InstantSource.system(), System::nanoTime);
  }

  /**
   * Begins to watch.
   *
   * @param clock the clock that may be set
   * @param nanoTime what never jumps, as {@link System#nanoTime}
   */
  ClockWatch(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.begun = clock.instant();
    this.begunNanos = nanoTime.getAsLong();
    this.steadySince = begunNanos;
  }

  /**
   * Looks at the clock; returns whether it has been right by itself for a while. Never true before
   * this process has watched it for so long. To be asked again and again: of two jumps that undo
   * each other between two looks nothing is seen, nor has anything happened by them.
   */
  public synchronized boolean isSteadyFor(Duration time) {
    long now = nanoTime.getAsLong();
    Duration current = Duration.between(begun, clock.instant()).minusNanos(now - begunNanos);
    if (current.minus(ahead).abs().compareTo(TOLERANCE) > 0) {
      steadySince = now;
    }
    ahead = current;
    return now - steadySince >= time.toNanos();
  }
}
