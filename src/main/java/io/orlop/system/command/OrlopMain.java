package io.orlop.system.command;

import io.orlop.system.bootstrap.Server;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/** Where Orlop begins. */
@QuarkusMain
public final class OrlopMain {

  /** Serves, unless the first word is another command than {@code run}. */
  public static void main(String... args) {
    // Before the first logger is made: later it has no effect.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    List<String> words = List.of(args);
    if (words.isEmpty() || words.getFirst().startsWith("-")) {
      Server.run(words);
    } else if (words.getFirst().equals("run")) {
      Server.run(words.subList(1, words.size()));
    } else {
      System.exit(Commands.execute(words));
    }
  }
}
