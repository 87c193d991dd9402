package io.orlop.platform.http.limit;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts open connections. Holds no more entries than there are connections. */
final class OpenConnections {
  private final int limit;
  private final int limitPerAddress;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

  /** What became of a connection. */
  enum Admission {
    /** It may stay, and has to be given back when it ends. */
    ADMITTED,
    /** All places are taken. */
    FULL,
    /** Its address has too many. */
    FULL_FOR_ADDRESS
  }

  /**
   * Begins with none.
   *
   * @param limit how many there may be; 0 for any number
   * @param limitPerAddress how many of one address; 0 for any number
   */
  OpenConnections(int limit, int limitPerAddress) {
    this.limit = limit;
    this.limitPerAddress = limitPerAddress;
  }

  /** Takes a place, if there is one. */
  Admission open(InetAddress address, boolean exempt) {
    if (open.incrementAndGet() > limit && limit > 0) {
      open.decrementAndGet();
      return Admission.FULL;
    }
    int ofAddress = perAddress.merge(address, 1, Integer::sum);
    if (!exempt && limitPerAddress > 0 && ofAddress > limitPerAddress) {
      close(address);
      return Admission.FULL_FOR_ADDRESS;
    }
    return Admission.ADMITTED;
  }

  /** Gives an admitted one's place back. */
  void close(InetAddress address) {
    perAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    open.decrementAndGet();
  }

  int count() {
    return open.get();
  }

  int addresses() {
    return perAddress.size();
  }
}
