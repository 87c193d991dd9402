package io.orlop.testsupport.weave;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Somebody who does something with the database on a thread and connections of its own. */
final class Actor {
  enum State {
    /** Waits for its turn. */
    PAUSED,
    /** Runs, or waits for a lock. */
    RUNNING,
    DONE
  }

  private final Object monitor;
  private final Thread thread;
  private final UnaryOperator<String> rewriting;
  private final String name;
  private State state = State.RUNNING;
  private String next = "";
  private boolean killed;
  private Optional<Throwable> failure = Optional.empty();

  Actor(Object monitor, String name, Weaver.Work work, UnaryOperator<String> rewriting) {
    this.monitor = monitor;
    this.rewriting = rewriting;
    this.name = name;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> run(work));
  }

  void start() {
    thread.start();
  }

  private void run(Weaver.Work work) {
    Turns.take(this);
    try {
      awaitTurn("begin");
      work.run();
    } catch (Throwable e) {
      synchronized (monitor) {
        failure = Optional.of(e).filter(_ -> !killed);
      }
    } finally {
      become(State.DONE);
    }
  }

  void awaitTurn(String statement) {
    synchronized (monitor) {
      if (killed) {
        // A dead process sends no further statement, not even to tidy up.
        throw new Killed();
      }
      next = statement;
      become(State.PAUSED);
      while (state == State.PAUSED) {
        try {
          monitor.wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      if (killed) {
        throw new Killed();
      }
    }
  }

  String rewritten(String sql) {
    return rewriting.apply(sql);
  }

  private void become(State newState) {
    synchronized (monitor) {
      state = newState;
      monitor.notifyAll();
    }
  }

  void go() {
    become(State.RUNNING);
  }

  /**
   * Ends the actor where it waits, as if its process died: its transaction is rolled back. One that
   * has ended stays as it is.
   */
  void kill() {
    synchronized (monitor) {
      if (state != State.DONE) {
        killed = true;
        become(State.RUNNING);
      }
    }
  }

  State state() {
    synchronized (monitor) {
      return state;
    }
  }

  Optional<Throwable> failure() {
    synchronized (monitor) {
      return failure;
    }
  }

  @Override
  public String toString() {
    return name + ": " + next.strip().replaceAll("\\s+", " ");
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
