package io.orlop.system.command;

import io.orlop.system.bootstrap.StartFailure;
import io.orlop.system.bootstrap.UsageException;
import io.orlop.system.console.CommandFailedException;
import io.orlop.system.console.Console;
import io.orlop.system.console.InterruptedCommandException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells why a command failed: in one sentence what people can mend, else with the stack. */
final class Failures implements IExecutionExceptionHandler {
  private static final Logger LOG = Logger.getLogger(Failures.class);

  private final Console console;

  Failures(Console console) {
    this.console = console;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine line, @Nullable ParseResult words) {
    switch (failure) {
      case UsageException usage -> {
        console.tell(String.valueOf(usage.getMessage()));
        return ExitCode.USAGE;
      }
      case CommandFailedException failed -> console.tell(String.valueOf(failed.getMessage()));
      case InterruptedCommandException _ ->
          console.tell("Interrupted. The same command goes on where this one ended.");
      default -> {
        Optional<String> sentence = StartFailure.explain(failure);
        if (sentence.isPresent()) {
          console.tell(sentence.get());
        } else {
          LOG.error(line.getCommandName() + " failed", failure);
        }
      }
    }
    return ExitCode.SOFTWARE;
  }
}
