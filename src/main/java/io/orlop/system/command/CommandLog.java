package io.orlop.system.command;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.logging.Handler;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.jboss.logmanager.handlers.ConsoleHandler.Target;

/** The log of a command, which has none of the framework's settings: warnings, for people. */
final class CommandLog {
  private CommandLog() {}

  /** Ends the wait for the framework, which in a command never starts. */
  static void toStandardError() {
    Logger.getLogger("").setLevel(Level.WARN);
    Handler handler = new ConsoleHandler(Target.SYSTEM_ERR, new PatternFormatter("%s%e%n"));
    InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {handler});
  }
}
