package io.orlop.system.backup;

import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageType;
import io.orlop.system.bootstrap.DataFolder;
import io.orlop.system.bootstrap.StoreCheck;
import io.orlop.system.console.CommandFailedException;
import io.orlop.system.console.Console;
import io.orlop.system.console.Interruption;
import io.orlop.system.installation.CommandSettings;
import io.orlop.system.installation.Facts;
import io.orlop.system.installation.InstalledDatabase;
import io.orlop.system.installation.Stores;
import io.orlop.system.transfer.BlobCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Makes a registry from a backup: an empty data folder or database, and an empty store. */
public final class Restore {
  private final CommandSettings settings;
  private final BackupFolder folder;
  private final int parallel;
  private final Console console;

  /**
   * Prepares a restore.
   *
   * @param path the folder of the backup
   * @param parallel how many blobs at once
   */
  public Restore(CommandSettings settings, Path path, int parallel, Console console) {
    this.settings = settings;
    this.folder = BackupFolder.existing(path);
    this.parallel = parallel;
    this.console = console;
  }

  /**
   * Restores the newest complete backup. What an interrupted restore of the same one did is not
   * done again.
   *
   * @return how many blobs of the backup are damaged; the registry is complete without them
   */
  public long run() throws IOException, SQLException {
    Dump dump = folder.requireNewest();
    BackupManifest manifest = dump.manifest();
    Schema.requireKnown(manifest);
    dump.requireIntact(manifest);
    RestoreTarget target = RestoreTarget.check(settings.data(), dump.name());
    new RestoredKey(settings, dump).require(manifest.masterKeyCheck());
    DataFolder data = DataFolder.open(settings.data());
    target.begin();
    try (InstalledDatabase database = InstalledDatabase.make(settings, data, console);
        BlobStore store = Stores.open(settings.storage().type(), settings);
        BlobStore backup = folder.openStore()) {
      boolean loaded = isLoaded(database, target);
      requireEmpty(store, target);
      BlobCopy.Outcome blobs =
          new BlobCopy(backup, store, parallel, console).run(dump.blobs(manifest));
      if (!loaded) {
        load(database, dump, manifest, target);
      }
      Schema.migrate(database);
      store.writeMarker(target.storeId());
      target.end();
      tell(blobs, manifest);
      return blobs.failed();
    }
  }

  /** Tells whether an earlier attempt came as far as the database; else that must be empty. */
  private static boolean isLoaded(InstalledDatabase database, RestoreTarget target)
      throws SQLException {
    try (Connection connection = database.connect()) {
      if (Schema.isEmpty(connection)) {
        return false;
      }
      Optional<String> store =
          Schema.has(connection, "installation")
              ? Facts.find(connection, StoreCheck.FACT)
              : Optional.empty();
      if (store.isPresent() && store.get().endsWith(target.storeId())) {
        return true;
      }
      if (!target.isResumed() || store.isPresent() || Schema.hasUsers(connection)) {
        throw new CommandFailedException(
            "The database is not empty: restore into an empty one, which nothing else uses.");
      }
      return false;
    }
  }

  private static void requireEmpty(BlobStore store, RestoreTarget target) {
    store
        .marker()
        .filter(marker -> !marker.equals(target.storeId()))
        .ifPresent(marker -> {
          throw new CommandFailedException(
              "The blob store is another registry's (its marker is %s): restore into an empty one."
                  .formatted(marker));
        });
    store.checkWritable();
  }

  private void load(
      InstalledDatabase database, Dump dump, BackupManifest manifest, RestoreTarget target)
      throws IOException, SQLException {
    Schema.migrateTo(database, manifest.schema().version());
    try (Connection connection = database.connect();
        Interruption.Reaction _ = console.interruption().react(() -> Backup.cut(connection))) {
      // The next start completes the pairing if the marker is not written any more.
      new DatabaseLoad(connection, dump, manifest).run(StoreCheck.PENDING + target.storeId());
    } catch (IOException | SQLException e) {
      console.interruption().check();
      throw e;
    }
  }

  private void tell(BlobCopy.Outcome blobs, BackupManifest manifest) {
    console.print(
        "Restored the registry of %s: %d blobs, %d rows."
            .formatted(
                manifest.createdAt(),
                blobs.copied() + blobs.present(),
                manifest.tables().stream().mapToLong(BackupManifest.Table::rows).sum()));
    if (blobs.failed() > 0) {
      console.tell(blobs.failed() + " blobs are damaged in the backup, and missing here.");
    }
    boolean local = settings.storage().type() == StorageType.FILESYSTEM;
    console.print(
        "Start it: ./orlop run --data %s%s"
            .formatted(
                settings.data(),
                settings.database().url().isPresent() || !local
                    ? ", with the same settings of database and store as now"
                    : ""));
  }
}
