package io.orlop.system.command;

import io.orlop.storage.StorageType;
import io.orlop.system.console.Console;
import io.orlop.system.installation.CommandSettings;
import io.orlop.system.transfer.StoreMove;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code orlop storage copy}. */
@Command(
    name = "copy",
    description = {
      "Copies all blobs to a store of another type, while the registry serves. An interrupted copy"
          + " goes on where it ended.",
      "Both stores are configured at once: filesystem by ORLOP_DATA, s3 by ORLOP_STORAGE_S3_*."
    })
final class StorageCopyCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final DataFlag data = new DataFlag();
  @Mixin private final ParallelFlag parallel = new ParallelFlag();

  @Option(names = "--from", required = true, paramLabel = "TYPE", description = "filesystem or s3")
  private StorageType from = StorageType.FILESYSTEM;

  @Option(names = "--to", required = true, paramLabel = "TYPE", description = "filesystem or s3")
  private StorageType to = StorageType.S3;

  @Option(names = "--verify", description = "Read again what is there already.")
  private boolean verify;

  StorageCopyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    data.apply();
    var options = new StoreMove.Options(from, to, verify, parallel.blobs());
    long failed = new StoreMove(CommandSettings.read(), options, console).run();
    return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
