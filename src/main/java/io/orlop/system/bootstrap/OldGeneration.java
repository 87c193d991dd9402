package io.orlop.system.bootstrap;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The objects that have outlived a few collections. The serial collector lets them grow to all the
 * memory that the process may have before it looks which are still alive; we ask it to look when
 * they have grown by some 16 MiB, and once when starting is over, so that memory goes back to the
 * machine. It costs a pause of some 50 ms, at most every few seconds.
 */
final class OldGeneration {
  private static final long MIB = 1L << 20;
  private static final long LEAST = 32 * MIB;
  private static final long GROWTH = 16 * MIB;

  /** What the serial collector calls it. Others collect it on their own while the process runs. */
  private static final String SERIAL = "Tenured Gen";

  private final LongSupplier used;
  private final Runnable collection;
  private long bound; // None at first: little of what starting took is needed afterwards.

  /**
   * One of which nothing is known yet.
   *
   * @param used how many bytes it holds, dead ones too
   * @param collection takes the dead ones away
   */
  OldGeneration(LongSupplier used, Runnable collection) {
    this.used = used;
    this.collection = collection;
  }

  /** Returns that of this process if it needs to be looked after. */
  static Optional<OldGeneration> ofThisProcess() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals(SERIAL))
        .findFirst()
        .map(OldGeneration::of);
  }

  private static OldGeneration of(MemoryPoolMXBean pool) {
    return new OldGeneration(() -> pool.getUsage().getUsed(), System::gc);
  }

  /** Collects it if it never was, or has grown much since. */
  void look() {
    if (used.getAsLong() > bound) {
      collection.run();
      bound = Math.max(LEAST, used.getAsLong() + GROWTH);
    }
  }
}
