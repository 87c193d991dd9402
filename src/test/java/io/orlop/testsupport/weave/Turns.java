package io.orlop.testsupport.weave;

import java.util.Optional;

/** Where the threads of actors wait for their turn. All other threads pass. */
public final class Turns {
  /** How the statements of actors begin, so that the database shows whose they are. */
  static final String MARK = "/* an actor's */ ";

  private static final ThreadLocal<Optional<Actor>> CURRENT =
      ThreadLocal.withInitial(Optional::empty);

  private Turns() {}

  /** Waits until this thread's actor may run a statement. */
  public static void await(String statement) {
    CURRENT.get().ifPresent(actor -> actor.awaitTurn(statement));
  }

  /** Returns what this thread's actor says to the database in place of a statement. */
  public static String marked(String statement) {
    return CURRENT.get().map(actor -> MARK + actor.rewritten(statement)).orElse(statement);
  }

  /** Tells whether this thread is an actor's. */
  public static boolean areTaken() {
    return CURRENT.get().isPresent();
  }

  static void take(Actor actor) {
    CURRENT.set(Optional.of(actor));
  }
}
