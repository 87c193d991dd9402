package io.orlop.system.command;

import io.orlop.system.backup.Restore;
import io.orlop.system.console.Console;
import io.orlop.system.installation.CommandSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code orlop restore}. */
@Command(
    name = "restore",
    description = {
      "Makes a registry from a backup: in an empty data folder, or with ORLOP_DATABASE_URL and"
          + " ORLOP_STORAGE_TYPE in another database and store, which are empty.",
      "The master key of the registry that was backed up is needed: in master.key in the data"
          + " folder, or by ORLOP_MASTER_KEY or ORLOP_MASTER_KEY_FILE."
    })
final class RestoreCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final DataFlag data = new DataFlag();
  @Mixin private final ParallelFlag parallel = new ParallelFlag();

  @Parameters(paramLabel = "DIR", description = "The folder of the backup.")
  private Path folder = Path.of("");

  RestoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    data.apply();
    long failed = new Restore(CommandSettings.read(), folder, parallel.blobs(), console).run();
    return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
