package io.orlop.system.transfer;

import io.orlop.storage.StorageException;
import io.orlop.storage.WrongSizeException;
import io.orlop.system.console.CommandFailedException;
import io.orlop.system.console.Console;
import org.jspecify.annotations.Nullable;

/**
 * Reports blobs that cannot be read or are not what they should be, one by one, so that the others
 * go on; ends the work when it is not blobs but the store that fails.
 */
final class BlobFailures {
  private static final int MOST_IN_A_ROW = 20;

  private final Console console;
  private long count;
  private int unavailableInARow;

  BlobFailures(Console console) {
    this.console = console;
  }

  /**
   * Counts and reports a blob; as damaged only if that is known, and it was not the store that
   * failed.
   */
  synchronized void report(StoredBlob blob, Exception failure) {
    count++;
    boolean ofTheStore = isOfTheStore(failure);
    console.tell(
        "%s %s: %s"
            .formatted(
                ofTheStore ? "UNREADABLE" : "DAMAGED", describe(blob), failure.getMessage()));
    unavailableInARow = ofTheStore ? unavailableInARow + 1 : 0;
    if (unavailableInARow == MOST_IN_A_ROW) {
      throw new CommandFailedException(
          "The store fails for blob after blob: " + failure.getMessage(), failure);
    }
  }

  static String describe(StoredBlob blob) {
    return "%s (%d bytes, %s)".formatted(blob.key().digest(), blob.size(), blob.key());
  }

  /** Tells whether a failure says nothing about the blob: it may be well when it is read again. */
  private static boolean isOfTheStore(@Nullable Throwable failure) {
    return switch (failure) {
      case WrongSizeException _ -> false;
      case StorageException store -> store.kind() != StorageException.Kind.NOT_FOUND;
      case null -> false;
      default -> isOfTheStore(failure.getCause());
    };
  }

  /** Counts a blob that is well. */
  synchronized void pass() {
    unavailableInARow = 0;
  }

  synchronized long count() {
    return count;
  }
}
