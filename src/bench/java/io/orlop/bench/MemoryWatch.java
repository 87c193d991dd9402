package io.orlop.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Remembers the most memory that each server took while it was measured. */
final class MemoryWatch implements AutoCloseable {
  private final Map<String, Double> peaks = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  /** Looks at a server once a second until what it returns is cancelled. */
  ScheduledFuture<?> watch(Server server) {
    return timer.scheduleAtFixedRate(() -> look(server), 500, 1000, TimeUnit.MILLISECONDS);
  }

  /** What each server took at most since the last call, by name. */
  synchronized Map<String, Double> take() {
    Map<String, Double> taken = Map.copyOf(peaks);
    peaks.clear();
    return taken;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void look(Server server) {
    try {
      add(server.name(), ProcessTree.pssMib(server.roots()));
    } catch (IOException e) {
      // A process that ends while it is looked at takes no memory.
      add(server.name(), 0);
    }
  }

  private synchronized void add(String server, double mib) {
    peaks.merge(server, mib, Math::max);
  }
}
