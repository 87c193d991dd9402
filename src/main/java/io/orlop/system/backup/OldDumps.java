package io.orlop.system.backup;

import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageKey;
import io.orlop.system.transfer.BlobList;
import io.orlop.system.transfer.ListedBlobs;
import io.orlop.system.transfer.StoredBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Removes dumps that a newer one replaces, and the blobs that only they name. Their own lists tell
 * which: no folder is searched.
 */
final class OldDumps {
  private final BackupFolder folder;
  private final BlobStore blobs;

  OldDumps(BackupFolder folder, BlobStore blobs) {
    this.folder = folder;
    this.blobs = blobs;
  }

  /** Removes all but one. */
  void remove(Dump kept) throws IOException, SQLException {
    for (Dump dump : folder.dumps()) {
      if (!dump.equals(kept)) {
        Dump retired = folder.retire(dump);
        // Written last, before the first blob is copied: without it the list may be cut short, and
        // no blob is there for it alone.
        if (Files.exists(retired.manifestFile())) {
          deleteOthers(retired, kept);
        }
        retired.delete();
      }
    }
  }

  /** Walks along both lists, which are sorted by key. */
  private void deleteOthers(Dump old, Dump kept) throws IOException, SQLException {
    try (BlobList.Walk oldWalk = walk(old);
        BlobList.Walk keptWalk = walk(kept)) {
      Optional<String> wanted = next(keptWalk);
      for (Optional<String> key = next(oldWalk); key.isPresent(); key = next(oldWalk)) {
        while (wanted.isPresent() && wanted.get().compareTo(key.get()) < 0) {
          wanted = next(keptWalk);
        }
        if (!wanted.equals(key)) {
          blobs.delete(new StorageKey(key.get()));
        }
      }
    }
  }

  private static BlobList.Walk walk(Dump dump) throws IOException {
    return new ListedBlobs(dump.blobFile(), new BlobList.Totals(0, 0)).walk();
  }

  private static Optional<String> next(BlobList.Walk walk) throws IOException, SQLException {
    return walk.next().map(StoredBlob::key).map(StorageKey::value);
  }
}
