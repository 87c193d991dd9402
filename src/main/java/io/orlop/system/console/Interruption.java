package io.orlop.system.console;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Somebody's wish that the command ends: Ctrl-C, or a signal. The command ends at its next step, in
 * order, and the process waits for that.
 */
public final class Interruption {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final Collection<Runnable> reactions = new ConcurrentLinkedDeque<>();

  /** What is done when the wish arrives, until it is closed. */
  public interface Reaction extends AutoCloseable {
    @Override
    void close();
  }

  /** Begins to listen for signals. */
  public static Interruption listening() {
    Interruption interruption = new Interruption();
    Thread hook = new Thread(interruption::requestAndWait, "orlop-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return interruption;
  }

  /**
   * Ends the step here if the wish is there.
   *
   * @throws InterruptedCommandException if it is
   */
  public void check() {
    if (requested()) {
      throw new InterruptedCommandException();
    }
  }

  /** Tells whether the wish is there. */
  public boolean requested() {
    return requested.getCount() == 0;
  }

  /** Waits for the wish; returns whether it arrived within the time. */
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    return requested.await(time, unit);
  }

  /** Does something when the wish arrives, at once if it is there: what ends a step that waits. */
  public Reaction react(Runnable reaction) {
    reactions.add(reaction);
    if (requested()) {
      reaction.run();
    }
    return () -> reactions.remove(reaction);
  }

  /** Makes the wish. */
  public void request() {
    requested.countDown();
    reactions.forEach(Runnable::run);
  }

  /** Lets the process end: the command has done its last step. */
  public void over() {
    over.countDown();
  }

  private void requestAndWait() {
    if (over.getCount() == 0) {
      return;
    }
    request();
    try {
      var _ = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
