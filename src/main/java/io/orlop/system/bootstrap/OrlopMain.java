package io.orlop.system.bootstrap;

import io.orlop.system.StartRefusedException;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where Orlop begins. */
@QuarkusMain
public final class OrlopMain {
  private static final int USAGE = 2;
  private static final int REFUSED = 1;

  /** Runs until a signal or a failure ends it. */
  public static void main(String... args) {
    // Before the first logger is made: later it has no effect.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    try {
      Flags.parse(List.of(args)).forEach(System::setProperty);
      Lifetime.begin(StartSettings.read());
    } catch (UsageException e) {
      exit(e.getMessage(), USAGE);
    } catch (StartRefusedException e) {
      exit(e.getMessage(), REFUSED);
    }
  }

  private static void exit(@Nullable String message, int code) {
    System.err.println(message);
    System.exit(code);
  }
}
