package io.orlop.system.bootstrap;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.orlop.system.StartRefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The registry as a process: what {@code orlop run} is. */
public final class Server {
  private static final int USAGE = 2;
  private static final int REFUSED = 1;

  private Server() {}

  /**
   * Runs until a signal or a failure ends it.
   *
   * @param words what came after {@code run} on the command line
   */
  public static void run(List<String> words) {
    // So that Netty shows us each connection that it accepts, see GuardedChannels.
    System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    try {
      Flags.parse(words).forEach(System::setProperty);
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
