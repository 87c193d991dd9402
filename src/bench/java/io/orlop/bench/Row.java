package io.orlop.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One kind of load.
 *
 * @param name what a reader of the page sees, and {@code --rows} looks for
 * @param servers which servers can do it
 * @param warmUp what warms a server for it; empty where the page says why
 * @param check looks, before the clock runs, whether the server tells the truth
 */
record Row(
    String name,
    Predicate<Server> servers,
    Optional<Measure> warmUp,
    Check check,
    Measure measure) {

  /**
   * One that checks nothing.
   *
   * @param warms whether a warm-up is the same for less time; otherwise there is none
   */
  Row(String name, Predicate<Server> servers, boolean warms, Measure measure) {
    this(name, servers, warms ? Optional.of(measure) : Optional.empty(), _ -> {}, measure);
  }

  /** Puts the load on a server for about that long and says what came of it. */
  interface Measure {
    List<Figure> on(Server server, double seconds) throws IOException, InterruptedException;
  }

  /** Fails if what a server answers is not what it was given. */
  interface Check {
    void on(Server server) throws IOException;
  }

  /** The same, checked. */
  Row checkedBy(Check by) {
    return new Row(name, servers, warmUp, by, measure);
  }

  /** The same, warmed up by something else. */
  Row warmedBy(Measure by) {
    return new Row(name, servers, Optional.of(by), check, measure);
  }
}
