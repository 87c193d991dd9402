package io.orlop.system.transfer;

import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageType;
import io.orlop.system.bootstrap.StoreCheck;
import io.orlop.system.console.CommandFailedException;
import io.orlop.system.console.Console;
import io.orlop.system.console.Progress;
import io.orlop.system.installation.CommandSettings;
import io.orlop.system.installation.Facts;
import io.orlop.system.installation.InstalledDatabase;
import io.orlop.system.installation.Stores;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** Copies all of a registry's blobs to a store of another type, while it serves. */
public final class StoreMove {
  private final CommandSettings settings;
  private final Options options;
  private final Console console;

  /**
   * What is moved and how.
   *
   * @param verify whether blobs that are there already are read again
   * @param parallel how many blobs at once
   */
  public record Options(StorageType from, StorageType to, boolean verify, int parallel) {}

  /** Prepares a move. */
  public StoreMove(CommandSettings settings, Options options, Console console) {
    this.settings = settings;
    this.options = options;
    this.console = console;
  }

  /**
   * Copies, pass after pass, until a pass finds nothing new.
   *
   * @return how many blobs could not be copied
   */
  public long run() throws IOException, SQLException {
    if (options.from() == options.to()) {
      throw new CommandFailedException("--from and --to name the same store.");
    }
    try (InstalledDatabase database = InstalledDatabase.open(settings, console);
        BlobStore source = Stores.open(options.from(), settings);
        BlobStore target = Stores.open(options.to(), settings);
        CollectionHold _ = CollectionHold.take(database, "orlop storage copy", console)) {
      String id = storeId(database);
      requirePair(id, source, target);
      target.checkWritable();
      long failed = copy(new LiveBlobs(database), source, target);
      if (failed == 0) {
        target.writeMarker(id);
        tellWhatNext();
      } else {
        console.tell(failed + " blobs could not be copied; the store is not marked as complete.");
      }
      return failed;
    }
  }

  private static String storeId(InstalledDatabase database) throws SQLException {
    return Facts.find(database, StoreCheck.FACT)
        .filter(id -> !id.startsWith(StoreCheck.PENDING))
        .orElseThrow(() ->
            new CommandFailedException(
                "The database names no store yet: start Orlop once before its blobs are"
                    + " moved."));
  }

  private void requirePair(String id, BlobStore source, BlobStore target) {
    Optional<String> from = source.marker();
    if (!from.equals(Optional.of(id))) {
      throw new CommandFailedException(
          "The store %s is not this registry's: its marker is %s, and the database's store has %s."
              .formatted(options.from().wireName(), from.orElse("missing"), id));
    }
    target
        .marker()
        .filter(marker -> !marker.equals(id))
        .ifPresent(marker -> {
          throw new CommandFailedException(
              "The store %s belongs to another registry (its marker is %s): use an empty one."
                  .formatted(options.to().wireName(), marker));
        });
  }

  private long copy(BlobList blobs, BlobStore source, BlobStore target)
      throws IOException, SQLException {
    if (options.verify()) {
      dropDamagedCopies(blobs, target);
    }
    BlobCopy copy = new BlobCopy(source, target, options.parallel(), console);
    BlobCopy.Outcome pass;
    do {
      pass = copy.run(blobs);
      console.print(
          "Copied %d blobs (%s); %d were there."
              .formatted(pass.copied(), Progress.size(pass.bytes()), pass.present()));
    } while (pass.copied() > 0);
    return pass.failed();
  }

  private void dropDamagedCopies(BlobList blobs, BlobStore target)
      throws IOException, SQLException {
    BlobCheck check = new BlobCheck(target, options.parallel(), console);
    long dropped = check.runOnPresent(blobs, blob -> target.delete(blob.key()));
    if (dropped > 0) {
      console.print(dropped + " damaged copies are made again.");
    }
  }

  private void tellWhatNext() {
    console.print(
        """
        The store %1$s has every blob that the registry knows now. What is next:
          1. stop Orlop: uploads in progress are not carried over, and clients begin them again
          2. run this command once more, for the blobs that were pushed meanwhile
          3. set ORLOP_STORAGE_TYPE=%1$s
          4. start Orlop; delete the blobs of the old store when you trust the new one\
        """
            .formatted(options.to().wireName()));
  }
}
