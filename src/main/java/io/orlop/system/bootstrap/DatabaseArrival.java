package io.orlop.system.bootstrap;

import java.util.concurrent.Semaphore;

/**
 * Lets the framework's start wait for the embedded database, which starts beside it. There is one
 * database of a process, and it starts before anything that could be told of it.
 */
final class DatabaseArrival {
  /** Taken while the database starts. */
  private static final Semaphore STARTING = new Semaphore(1);

  private DatabaseArrival() {}

  static void begin() {
    STARTING.acquireUninterruptibly();
  }

  static void arrived() {
    STARTING.release();
  }

  /** Waits until the database answers; not at all if there is none to wait for. */
  static void await() {
    STARTING.acquireUninterruptibly();
    STARTING.release();
  }
}
