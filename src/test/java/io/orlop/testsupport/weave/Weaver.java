package io.orlop.testsupport.weave;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Lets actors run one at a time, each to its next statement. An actor that has to wait for a lock
 * of another one is left waiting, and the others go on.
 */
public final class Weaver {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String WAITING =
      """
      WITH waiting AS MATERIALIZED
        (SELECT DISTINCT l.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
          WHERE NOT l.granted AND a.query LIKE ?),
      blocked AS MATERIALIZED
        (SELECT pid, pg_blocking_pids(pid) AS blockers FROM waiting)
      SELECT count(*) FROM blocked
       WHERE cardinality(blockers) > 0
         AND blockers <@ ARRAY(SELECT pid FROM pg_stat_activity WHERE query LIKE ?)
      """;

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
   * @param rewriting what becomes of each statement: a safeguard can be taken out of it
   */
  public Weaver(Connection observer, Map<String, Work> works, UnaryOperator<String> rewriting) {
    this.observer = observer;
    works.forEach((name, work) -> actors.add(new Actor(monitor, name, work, rewriting)));
  }

  /**
   * Runs all actors to their end.
   *
   * @param afterStep looks whether all is well, whenever nobody moves
   */
  public void run(Schedule schedule, Work afterStep) throws Exception {
    actors.forEach(Actor::start);
    try {
      play(schedule, afterStep);
    } finally {
      // Whoever still waits after a failure has a connection and locks that other tests need.
      actors.forEach(Actor::kill);
    }
    for (Actor actor : actors) {
      if (actor.failure().isPresent()) {
        throw new AssertionError(actor + " failed", actor.failure().get());
      }
    }
  }

  private void play(Schedule schedule, Work afterStep) throws Exception {
    settle();
    while (actors.stream().anyMatch(actor -> actor.state() != Actor.State.DONE)) {
      SortedMap<Integer, String> waiting = new TreeMap<>();
      for (int i = 0; i < actors.size(); i++) {
        if (actors.get(i).state() == Actor.State.PAUSED) {
          waiting.put(i, actors.get(i).toString());
        }
      }
      if (!waiting.isEmpty()) {
        step(schedule, waiting);
      }
      settle();
      afterStep.run();
    }
  }

  private void step(Schedule schedule, SortedMap<Integer, String> waiting) {
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

  /**
   * Counts actors that wait for actors. A lock that is given is given here at once, before the one
   * who waited for it wakes up. Whoever waits for somebody else, such as background work, will go
   * on without our doing, and is no more at rest than one who runs.
   */
  private long waitingForLocks() throws SQLException {
    try (PreparedStatement statement = observer.prepareStatement(WAITING)) {
      statement.setString(1, Turns.MARK + "%");
      statement.setString(2, Turns.MARK + "%");
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Tells what was done, in order. */
  @Override
  public String toString() {
    return String.join("\n  ", trace);
  }
}
