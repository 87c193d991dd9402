package io.orlop.system.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.system.bootstrap.UsageException;
import io.orlop.system.console.CommandFailedException;
import io.orlop.system.console.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandsTest {
  private final Interruption interruption = new Interruption();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine line =
      Commands.commandLine(interruption, new PrintWriter(out), new PrintWriter(err));

  @Test
  void explainsWordsThatAreWrong() {
    assertThat(line.execute("storage", "mvoe")).isEqualTo(2);
    assertThat(err.toString()).contains("mvoe", "Usage: orlop storage");
  }

  @Test
  void explainsACommandOnRequest() {
    assertThat(line.execute("storage", "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: orlop storage");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void tellsAFailureInOneSentence() {
    assertThat(executeFailing(new CommandFailedException("The folder is not empty."))).isOne();
    assertThat(err.toString()).isEqualTo("The folder is not empty.\n");
  }

  @Test
  void tellsAWrongSettingAsWrongUse() {
    assertThat(executeFailing(new UsageException("orlop.port must be a number"))).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("orlop.port must be a number\n");
  }

  @Test
  void tellsThatAnInterruptedCommandCanGoOn() {
    interruption.request();
    assertThat(
            execute(() -> {
              interruption.check();
              return 0;
            }))
        .isOne();
    assertThat(err.toString()).startsWith("Interrupted. The same command goes on");
  }

  private int executeFailing(Exception failure) {
    return execute(() -> {
      throw failure;
    });
  }

  private int execute(Callable<Integer> action) {
    line.addSubcommand(new Failing(action));
    return line.execute("failing");
  }

  /** Does what the test says. */
  @Command(name = "failing")
  private record Failing(Callable<Integer> action) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      return action.call();
    }
  }
}
