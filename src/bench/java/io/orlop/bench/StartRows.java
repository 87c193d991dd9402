package io.orlop.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starting again, and doing nothing. */
final class StartRows {
  static final String FIRST_START = "first start";
  static final String NAME = "second start";
  static final String FIRST = "to the first 200";
  static final String IDLE = "idle after it (PSS)";

  private static final long SETTLING_SECONDS = 5;

  private StartRows() {}

  static List<Row> all() {
    return List.of(new Row(NAME, _ -> true, false, StartRows::restart));
  }

  private static List<Figure> restart(Server server, double ignored)
      throws IOException, InterruptedException {
    server.stop();
    Machine.sync(server.folder());
    double started = server.start();
    TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
    return List.of(
        new Figure(FIRST, Unit.SECONDS, started),
        new Figure(IDLE, Unit.MIB, ProcessTree.pssMib(server.roots())));
  }
}
