package io.orlop.testsupport.clients;

import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done in the end, the latest first: all of it, whatever fails in between, and also
 * when the run is interrupted, since daemons and network namespaces outlive it otherwise.
 */
public final class Endings implements AutoCloseable {

  private final ConcurrentLinkedDeque<Runnable> latestFirst = new ConcurrentLinkedDeque<>();
  private final Thread atShutdown = new Thread(this::runAll, "endings");

  public Endings() {
    Runtime.getRuntime().addShutdownHook(atShutdown);
  }

  /** Adds something that has to be done before all that was added earlier. */
  public void push(Runnable ending) {
    latestFirst.push(ending);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atShutdown);
    } catch (IllegalStateException _) {
      // The machine is going down: the hook itself runs.
    }
    runAll();
  }

  private void runAll() {
    @Nullable RuntimeException first = null;
    for (Runnable next = latestFirst.poll(); next != null; next = latestFirst.poll()) {
      try {
        next.run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
