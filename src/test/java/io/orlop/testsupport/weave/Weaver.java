package io.orlop.testsupport.weave;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Lets actors run one at a time, each to its next statement. An actor that has to wait for a lock
 * of another one is left waiting, and the others go on.
 */
public final class Weaver {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Connection observer;
  private final Object monitor = new Object();
  private final List<Actor> actors = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();

  /** What an actor does. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void run() throws Exception;
  }

  /**
   * Makes a weaver.
   *
   * @param observer sees who waits for a lock
   * @param works what is to be done, by the names of those who do it, in order
   */
  public Weaver(Connection observer, Map<String, Work> works) {
    this.observer = observer;
    works.forEach((name, work) -> actors.add(new Actor(monitor, name, work)));
  }

  /**
   * Runs all actors to their end.
   *
   * @param afterStep looks whether all is well, whenever nobody moves
   */
  public void run(Schedule schedule, Work afterStep) throws Exception {
    actors.forEach(Actor::start);
    settle();
    while (actors.stream().anyMatch(actor -> actor.state() != Actor.State.DONE)) {
      List<Integer> waiting =
          IntStream.range(0, actors.size())
              .filter(i -> actors.get(i).state() == Actor.State.PAUSED)
              .boxed()
              .toList();
      if (!waiting.isEmpty()) {
        step(schedule, waiting);
      }
      settle();
      afterStep.run();
    }
    for (Actor actor : actors) {
      if (actor.failure().isPresent()) {
        throw new AssertionError(actor + " failed", actor.failure().get());
      }
    }
  }

  private void step(Schedule schedule, List<Integer> waiting) {
    int chosen = schedule.choose(waiting);
    Actor actor = actors.get(chosen);
    if (schedule.kills(chosen)) {
      trace.add(actor + " [dies]");
      actor.kill();
    } else {
      trace.add(actor.toString());
      actor.go();
    }
  }

  /** Waits until everybody waits for a turn or a lock, or has ended. */
  private void settle() throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      long running;
      boolean somebodyCanGo;
      synchronized (monitor) {
        running = count(Actor.State.RUNNING);
        somebodyCanGo = count(Actor.State.PAUSED) > 0;
        if (running > 0) {
          monitor.wait(1);
          running = count(Actor.State.RUNNING);
        }
      }
      if (running == 0 || (somebodyCanGo && running == waitingForLocks())) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Nobody moves: " + actors);
      }
    }
  }

  private long count(Actor.State state) {
    return actors.stream().filter(actor -> actor.state() == state).count();
  }

  /** A lock that is given is given here at once, before the one who waited for it wakes up. */
  private long waitingForLocks() throws SQLException {
    try (Statement statement = observer.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Tells what was done, in order. */
  @Override
  public String toString() {
    return String.join("\n  ", trace);
  }
}
