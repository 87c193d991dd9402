package io.orlop.system.backup;

import io.orlop.platform.file.DurableFile;
import io.orlop.storage.BlobStore;
import io.orlop.system.bootstrap.MasterKeySource;
import io.orlop.system.bootstrap.StoreCheck;
import io.orlop.system.console.CommandFailedException;
import io.orlop.system.console.Console;
import io.orlop.system.console.Interruption;
import io.orlop.system.console.Progress;
import io.orlop.system.installation.CommandSettings;
import io.orlop.system.installation.Facts;
import io.orlop.system.installation.InstalledDatabase;
import io.orlop.system.installation.Stores;
import io.orlop.system.transfer.BlobCopy;
import io.orlop.system.transfer.CollectionHold;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Copies a registry into a folder, while it serves. */
public final class Backup {
  private static final int DISCARDED_AT_ONCE = 1000;

  private final CommandSettings settings;
  private final Options options;
  private final Console console;

  /**
   * What is written and how.
   *
   * @param folder where to
   * @param withKey whether the master key is written too
   * @param parallel how many blobs at once
   * @param orlopVersion what is written into the manifest
   */
  public record Options(Path folder, boolean withKey, int parallel, String orlopVersion) {}

  /** Prepares a backup. */
  public Backup(CommandSettings settings, Options options, Console console) {
    this.settings = settings;
    this.options = options;
    this.console = console;
  }

  /**
   * Writes it: the database first, and then the blobs that it names.
   *
   * @return how many blobs could not be copied; the backup is complete without them
   */
  public long run() throws IOException, SQLException {
    BackupFolder folder = BackupFolder.make(options.folder(), settings.data());
    try (FileChannel _ = folder.lock();
        InstalledDatabase database = InstalledDatabase.open(settings, console);
        BlobStore source = Stores.open(settings.storage().type(), settings);
        BlobStore target = folder.openStore();
        CollectionHold _ = CollectionHold.take(database, "orlop backup", console)) {
      requireOwn(folder, source, database);
      discardLeftovers(target);
      Dump dump = folder.begin();
      BackupManifest manifest = dump(database, dump);
      writeKey(dump);
      console.print(
          "Database: %d tables, %d rows."
              .formatted(
                  manifest.tables().size(),
                  manifest.tables().stream().mapToLong(BackupManifest.Table::rows).sum()));
      BlobCopy.Outcome outcome =
          new BlobCopy(source, target, options.parallel(), console).run(dump.blobs(manifest));
      Dump complete = folder.complete(dump);
      if (outcome.failed() == 0) {
        new OldDumps(folder, target).remove(complete);
      }
      tell(outcome, complete);
      return outcome.failed();
    }
  }

  private void requireOwn(BackupFolder folder, BlobStore source, InstalledDatabase database)
      throws IOException, SQLException {
    String id = Facts.find(database, StoreCheck.FACT).orElse("");
    if (!source.marker().equals(Optional.of(id))) {
      throw new CommandFailedException(
          "The blob store is not this registry's: its marker is %s, and the database's store has %s."
              .formatted(source.marker().orElse("missing"), id));
    }
    Optional<Dump> earlier = folder.newest();
    if (earlier.isPresent() && !earlier.get().manifest().storeId().equals(id)) {
      throw new CommandFailedException(
          folder.path() + " has the backup of another registry: choose another folder.");
    }
  }

  private static void discardLeftovers(BlobStore target) {
    Instant now = Instant.now();
    for (var staged = target.stagedBefore(now, DISCARDED_AT_ONCE);
        !staged.isEmpty();
        staged = target.stagedBefore(now, DISCARDED_AT_ONCE)) {
      for (UUID upload : staged) {
        target.discard(upload);
      }
    }
  }

  private BackupManifest dump(InstalledDatabase database, Dump dump)
      throws IOException, SQLException {
    try (Connection connection = database.connect();
        Interruption.Reaction _ = console.interruption().react(() -> cut(connection))) {
      return new DatabaseDump(connection, dump).write(options.orlopVersion());
    } catch (IOException | SQLException e) {
      console.interruption().check();
      throw e;
    }
  }

  static void cut(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void writeKey(Dump dump) throws IOException {
    if (!options.withKey()) {
      return;
    }
    var server = settings.server();
    Path file = server.masterKeyFile().orElseGet(() -> MasterKeySource.file(settings.data()));
    String key = server.masterKey().isPresent() ? server.masterKey().get() : Files.readString(file);
    DurableFile.writeSecret(dump.keyFile(), key.strip() + "\n");
  }

  private void tell(BlobCopy.Outcome outcome, Dump dump) {
    console.print(
        "Blobs: %d copied (%s), %d were there."
            .formatted(outcome.copied(), Progress.size(outcome.bytes()), outcome.present()));
    if (outcome.failed() > 0) {
      console.tell(
          outcome.failed()
              + " blobs could not be copied. The backup is complete without them; the earlier one"
              + " is kept.");
    }
    console.print("Backup: " + dump.folder());
    console.print(
        options.withKey()
            ? "It holds the master key: whoever reads it can read every secret of the registry."
            : "THE MASTER KEY IS NOT IN IT. Keep a copy of it apart from this backup: without the"
                + " key it cannot be restored.");
  }
}
