package io.orlop.system.command;

import io.orlop.system.console.Console;
import io.orlop.system.console.Interruption;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The commands besides {@code run}; each is one class of this package. */
@Command(
    name = "orlop",
    description = "A private container registry.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = ProductVersion.class,
    scope = ScopeType.INHERIT)
final class Commands {
  private Commands() {}

  /**
   * Executes a command.
   *
   * @param words its name and what came after it
   * @return the exit code: 0 for a success, 1 for a failure, 2 if the words are wrong
   */
  static int execute(List<String> words) {
    CommandLog.toStandardError();
    Interruption interruption = Interruption.listening();
    try {
      return commandLine(interruption, writer(FileDescriptor.out), writer(FileDescriptor.err))
          .execute(words.toArray(String[]::new));
    } finally {
      interruption.over();
    }
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Puts the commands together. */
  static CommandLine commandLine(Interruption interruption, PrintWriter out, PrintWriter err) {
    Console console = new Console(out, err, interruption);
    CommandLine line = new CommandLine(new Commands());
    line.addSubcommand(new BackupCommand(console));
    line.addSubcommand(new RestoreCommand(console));
    line.addSubcommand(
        new CommandLine(new StorageCommand()).addSubcommand(new StorageCopyCommand(console)));
    line.addSubcommand(
        new CommandLine(new TlsCommand()).addSubcommand(new SelfSignedCommand(console)));
    line.setOut(out);
    line.setErr(err);
    line.setExecutionExceptionHandler(new Failures(console));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }
}
