package io.orlop.storage.filesystem;

import io.orlop.storage.StorageException;
import io.orlop.storage.filesystem.Disk.Lane;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Syncs folders. Who asks while a folder is being synced waits for the next sync of it, together
 * with all others who ask until that begins: one sync covers every name that was given before.
 */
final class DirectorySync {
  private final Disk disk;
  private final FileLayer files;
  private final Map<Path, CompletableFuture<?>> running = new HashMap<>();
  private final Map<Path, CompletableFuture<?>> waiting = new HashMap<>();

  DirectorySync(Disk disk, FileLayer files) {
    this.disk = disk;
    this.files = files;
  }

  /**
   * Makes durable which names the folders have by now. Folders are synced side by side, since their
   * order does not matter as long as all are before this returns.
   *
   * @throws StorageException if one of them cannot be synced
   */
  void sync(List<Path> folders) {
    List<? extends CompletableFuture<?>> syncs = folders.stream().map(this::request).toList();
    syncs.forEach(Disk::settle);
    syncs.forEach(Disk::join);
  }

  private synchronized CompletableFuture<?> request(Path folder) {
    @Nullable CompletableFuture<?> next = waiting.get(folder);
    if (next == null) {
      @Nullable CompletableFuture<?> current = running.get(folder);
      next =
          current == null
              ? begin(folder)
              : current.handle((_, _) -> true).thenCompose(_ -> begin(folder));
      waiting.put(folder, next);
    }
    return next;
  }

  private CompletableFuture<?> begin(Path folder) {
    return disk.begin(
        Lane.SYNC,
        "sync the folder",
        folder,
        () -> {
          begun(folder);
          try {
            files.syncDirectory(folder);
          } finally {
            ended(folder);
          }
        });
  }

  /** From here on a new name may come too late for the sync. */
  private synchronized void begun(Path folder) {
    @Nullable CompletableFuture<?> next = waiting.remove(folder);
    if (next != null) {
      running.put(folder, next);
    }
  }

  private synchronized void ended(Path folder) {
    running.remove(folder);
  }
}
