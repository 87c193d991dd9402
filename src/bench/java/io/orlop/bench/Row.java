package io.orlop.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * One kind of load.
 *
 * @param name what a reader of the page sees, and {@code --rows} looks for
 * @param servers which servers can do it
 * @param warms whether a warm-up is the same for less time; otherwise an earlier row has warmed
 */
record Row(String name, Predicate<Server> servers, boolean warms, Measure measure) {

  /** Puts the load on a server for about that long and says what came of it. */
  interface Measure {
    List<Figure> on(Server server, double seconds) throws IOException, InterruptedException;
  }
}
