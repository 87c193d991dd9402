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
  /** On a busy registry there is always something new, which the run after its stop copies. */
  private static final int MOST_PASSES = 3;

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
   * Copies, in a few passes at most, until nothing new has come.
   *
   * @return how many blobs could not be copied
   */
  public long run() throws IOException, SQLException {
    if (options.from() == options.to()) {
      throw new CommandFailedException("--from and --to name the same store.");
    }
    requireNotServing(options.to(), settings.storage().type());
    try (InstalledDatabase database = InstalledDatabase.open(settings, console);
        BlobStore source = Stores.open(options.from(), settings);
        BlobStore target = Stores.open(options.to(), settings);
        CollectionHold _ = CollectionHold.take(database, "orlop storage copy", console)) {
      String id = storeId(database);
      requirePair(id, source, target);
      target.checkWritable();
      long failed = copy(database, source, target);
      if (failed == 0) {
        target.writeMarker(id);
        tellWhatNext();
      } else {
        console.tell(failed + " blobs could not be copied; the store is not marked as complete.");
      }
      return failed;
    }
  }

  /** What is in the store that serves may be newer than all there is elsewhere. */
  private static void requireNotServing(StorageType to, StorageType serving) {
    if (to == serving) {
      throw new CommandFailedException(
          ("--to %1$s is the store that Orlop serves from: ORLOP_STORAGE_TYPE is %1$s, or is not"
                  + " set. Copy from the store that serves, with the settings that Orlop runs with."
                  + " If they name %1$s already, but Orlop was not started with them yet, set the"
                  + " type back until the copy has ended.")
              .formatted(serving.wireName()));
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

  /**
   * Each pass takes the rows that were made since the one before began, so that no blob is asked
   * for twice. A row that was committed late, below an id that was seen already, waits for the run
   * after the registry's stop, as do those that come after the last pass.
   */
  private long copy(InstalledDatabase database, BlobStore source, BlobStore target)
      throws IOException, SQLException {
    BlobCopy copy = new BlobCopy(source, target, options.parallel(), console);
    long failed = 0;
    long seen = 0;
    long newest = LiveBlobs.newest(database);
    for (int pass = 0; pass < MOST_PASSES && (pass == 0 || newest > seen); pass++) {
      BlobList blobs = new LiveBlobs(database, seen, newest);
      BlobCopy.Outcome outcome = options.verify() ? copy.runVerifying(blobs) : copy.run(blobs);
      console.print(
          "Copied %d blobs (%s); %d were there."
              .formatted(outcome.copied(), Progress.size(outcome.bytes()), outcome.present()));
      failed += outcome.failed();
      seen = newest;
      newest = LiveBlobs.newest(database);
    }
    if (newest > seen) {
      console.print("Blobs are still being pushed: the run after Orlop's stop copies the rest.");
    }
    return failed;
  }

  private void tellWhatNext() {
    console.print(
        """
        The store %1$s has every blob that the registry had when the last pass began. What is next:
          1. stop Orlop: uploads in progress are not carried over, and clients begin them again
          2. run this command once more, for the blobs that were pushed meanwhile
          3. set ORLOP_STORAGE_TYPE=%1$s
          4. start Orlop; delete the blobs of the old store when you trust the new one\
        """
            .formatted(options.to().wireName()));
  }
}
