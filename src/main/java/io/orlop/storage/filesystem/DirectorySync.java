package io.orlop.storage.filesystem;

import io.orlop.storage.StorageException;
import io.orlop.storage.filesystem.Disk.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Syncs folders. Who asks while a folder is being synced waits for the next sync of it, together
 * with all others who ask until that begins: one sync covers every name that was given before.
 */
final class DirectorySync {
  private static final String WHAT = "sync the folder";

  private final Disk disk;
  private final FileLayer files;
  private final Map<Path, CompletableFuture<?>> running = new HashMap<>();
  private final Map<Path, CompletableFuture<?>> waiting = new HashMap<>();

  DirectorySync(Disk disk, FileLayer files) {
    this.disk = disk;
    this.files = files;
  }

  /**
   * Begins to make durable which names the folders have by now. They are synced side by side, since
   * their order does not matter: the last by the calling thread, one of the disk's, unless another
   * is at it. That saves the way to another thread and back, which takes as long as a short sync.
   *
   * @return ends when all are synced, with a {@link StorageException} if one cannot be. Not to be
   *     waited for on a lane
   */
  CompletableFuture<?> begin(List<Path> folders) {
    Stream<? extends CompletableFuture<?>> others =
        folders.stream().limit(folders.size() - 1L).map(this::request);
    Stream<? extends CompletableFuture<?>> last =
        folders.stream().skip(folders.size() - 1L).map(this::syncHere);
    return CompletableFuture.allOf(
        Stream.concat(others, last).toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<?> syncHere(Path folder) {
    CompletableFuture<@Nullable Void> own = new CompletableFuture<>();
    synchronized (this) {
      if (running.containsKey(folder) || waiting.containsKey(folder)) {
        return request(folder);
      }
      running.put(folder, own);
    }
    disk.within(own, WHAT, folder, () -> syncAndEnd(folder));
    return own;
  }

  private synchronized CompletableFuture<?> request(Path folder) {
    @Nullable CompletableFuture<?> next = waiting.get(folder);
    if (next == null) {
      @Nullable CompletableFuture<?> current = running.get(folder);
      next =
          current == null
              ? start(folder)
              : current.handle((_, _) -> true).thenCompose(_ -> start(folder));
      waiting.put(folder, next);
    }
    return next;
  }

  private CompletableFuture<?> start(Path folder) {
    return disk.begin(
        Lane.SYNC,
        WHAT,
        folder,
        () -> {
          begun(folder);
          syncAndEnd(folder);
        });
  }

  private void syncAndEnd(Path folder) throws IOException {
    try {
      files.syncDirectory(folder);
    } finally {
      ended(folder);
    }
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
