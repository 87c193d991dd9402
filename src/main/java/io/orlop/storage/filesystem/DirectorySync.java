package io.orlop.storage.filesystem;

import io.orlop.storage.StorageException;
import io.orlop.storage.filesystem.Disk.Lane;
import java.io.IOException;
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
   * Has the names that the folders have by now made durable. Folders are synced side by side, since
   * their order does not matter: the last by the calling thread, unless another is at it or about
   * to be. That saves the way to another thread and back, which takes as long as a short sync.
   *
   * <p>Only for the threads of {@link Lane#SYNC}, which must not wait for the answer themselves.
   *
   * @return ends when all are synced, with a {@link StorageException} if one cannot be
   */
  CompletableFuture<?> request(List<Path> folders) {
    CompletableFuture<?> others = requestBeside(folders.subList(0, folders.size() - 1));
    return CompletableFuture.allOf(others, syncHere(folders.getLast()));
  }

  /** As {@link #request}, but leaves all of it to other threads. */
  CompletableFuture<?> requestBeside(List<Path> folders) {
    return CompletableFuture.allOf(
        folders.stream().map(this::joinNext).toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<?> syncHere(Path folder) {
    CompletableFuture<@Nullable Void> own = new CompletableFuture<>();
    synchronized (this) {
      if (running.containsKey(folder) || waiting.containsKey(folder)) {
        return joinNext(folder);
      }
      running.put(folder, own);
    }
    disk.completeHere(own, WHAT, folder, () -> syncAndEnd(folder));
    return own;
  }

  private synchronized CompletableFuture<?> joinNext(Path folder) {
    @Nullable CompletableFuture<?> asked = waiting.get(folder);
    if (asked != null) {
      return asked;
    }
    @Nullable CompletableFuture<?> current = running.get(folder);
    CompletableFuture<?> next =
        current == null
            ? syncOnLane(folder)
            : current.handle((_, _) -> true).thenCompose(_ -> syncOnLane(folder));
    waiting.put(folder, next);
    // One that could not even begin must not stay for those who come later.
    var _ = next.whenComplete((_, _) -> forget(folder, next));
    return next;
  }

  private synchronized void forget(Path folder, CompletableFuture<?> ended) {
    waiting.remove(folder, ended);
  }

  private CompletableFuture<?> syncOnLane(Path folder) {
    try {
      return disk.begin(
          Lane.SYNC,
          WHAT,
          folder,
          () -> {
            begun(folder);
            syncAndEnd(folder);
          });
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
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
