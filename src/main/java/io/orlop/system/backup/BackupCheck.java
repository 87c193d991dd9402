package io.orlop.system.backup;

import io.orlop.storage.BlobStore;
import io.orlop.system.console.Console;
import io.orlop.system.transfer.BlobCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Reads a whole backup and compares it with what was written. */
public final class BackupCheck {
  private final Path path;
  private final int parallel;
  private final Console console;

  /**
   * Prepares a check.
   *
   * @param path the folder of the backup
   * @param parallel how many blobs at once
   */
  public BackupCheck(Path path, int parallel, Console console) {
    this.path = path;
    this.parallel = parallel;
    this.console = console;
  }

  /**
   * Reads the newest complete backup.
   *
   * @return how many files and blobs are missing or are not what they should be
   */
  public long run() throws IOException, SQLException {
    BackupFolder folder = BackupFolder.existing(path);
    Dump dump = folder.requireNewest();
    BackupManifest manifest = dump.manifest();
    List<String> damages = dump.damages(manifest);
    damages.forEach(console::tell);
    try (BlobStore blobs = folder.openStore()) {
      long damaged = new BlobCheck(blobs, parallel, console).run(dump.blobs(manifest));
      long all = damages.size() + damaged;
      console.print(
          "%s of %s: %d tables, %d blobs, %s."
              .formatted(
                  dump.name(),
                  manifest.createdAt(),
                  manifest.tables().size(),
                  manifest.blobs().count(),
                  all == 0 ? "all as written" : all + " DAMAGED"));
      return all;
    }
  }
}
