package io.orlop.system.command;

import io.orlop.system.backup.Backup;
import io.orlop.system.backup.BackupCheck;
import io.orlop.system.console.Console;
import io.orlop.system.installation.CommandSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orlop backup}. */
@Command(
    name = "backup",
    description = {
      "Copies the database and the blobs that it names into a folder, while the registry serves. A"
          + " folder with an earlier backup gets only what is new.",
      "The master key is not copied: keep it elsewhere, since nothing can be restored without it."
    })
final class BackupCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final DataFlag data = new DataFlag();
  @Mixin private final ParallelFlag parallel = new ParallelFlag();

  @Parameters(paramLabel = "DIR", description = "The folder of the backup.")
  private Path folder = Path.of("");

  @Option(names = "--verify", description = "Read the whole backup again afterwards.")
  private boolean verify;

  @Option(
      names = "--verify-only",
      description = "Write nothing: read the backup that is there and compare it.")
  private boolean verifyOnly;

  @Option(
      names = "--with-key",
      description = "Copy the master key too, readable for the owner alone.")
  private boolean withKey;

  BackupCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    long failed = 0;
    if (!verifyOnly) {
      data.apply();
      var options = new Backup.Options(folder, withKey, parallel.blobs(), ProductVersion.current());
      failed = new Backup(CommandSettings.read(), options, console).run();
    }
    if (verify || verifyOnly) {
      failed += new BackupCheck(folder, parallel.blobs(), console).run();
    }
    return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
