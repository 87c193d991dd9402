package io.orlop.platform.stream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that many hold at once, so that each may hold more while all together hold
 * little.
 */
public final class ByteBudget {
  private final long limit;
  private final AtomicLong held = new AtomicLong();

  /**
   * Begins with nothing held.
   *
   * @param limit how many bytes all may hold before they have to be thrifty
   */
  public ByteBudget(long limit) {
    this.limit = limit;
  }

  /** Counts bytes that somebody holds from now on, or with a negative number, no longer. */
  public void add(long bytes) {
    held.addAndGet(bytes);
  }

  /** Tells whether everybody should hold as little as possible. */
  public boolean isSpent() {
    return held.get() >= limit;
  }

  /** Returns how many bytes are held. */
  public long held() {
    return held.get();
  }
}
