package io.orlop.storage.filesystem;

import io.orlop.storage.StorageException;
import io.orlop.storage.StorageKey;
import io.orlop.storage.filesystem.Disk.Lane;
import io.orlop.storage.filesystem.StoreFolders.BlobPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts files into the tree of blobs and takes them out, durably.
 *
 * <p>Folders are made once and never removed. One of them counts as durable only after this process
 * has synced its parent: whoever made it may not have come that far. The folder that a blob came
 * from needs no sync, since a rename is one step of the file system's journal: when the new name is
 * there, the old one is gone.
 */
final class BlobFolders {
  private final FileLayer files;
  private final Disk disk;
  private final StoreFolders folders;
  private final StorePlace place;
  private final DirectorySync directorySync;
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();
  private final AtomicReference<StorePlace.@Nullable Known> durableIn = new AtomicReference<>();

  BlobFolders(FileLayer files, Disk disk, StoreFolders folders, StorePlace place) {
    this.place = place;
    this.files = files;
    this.disk = disk;
    this.folders = folders;
    this.directorySync = new DirectorySync(disk, files);
  }

  /**
   * Moves a file to a key that nobody knows yet. When this returns, its bytes and its name are
   * there after a power cut too.
   *
   * <p>The bytes are synced after the move, so that one step of the file system's journal makes
   * both durable and the folders have nothing left to wait for. Until then the key may lead to
   * fewer bytes, but to nobody who knows it.
   */
  void publish(StagedFile staged, StorageKey key) {
    BlobPath blob = folders.blob(key);
    try {
      joinNamesOf(
          blob,
          staged.syncBetween(
              "store",
              () -> {
                moveIn(staged.path(), blob);
                return syncWithBytes(blob);
              }));
    } catch (StorageException e) {
      withdraw(blob.file(), e);
      throw e;
    }
  }

  /**
   * Moves a file to a key that a row may name already, in the place of what may be there. It stays
   * even if its name cannot be made durable: it is the right file.
   */
  void replace(StagedFile staged, StorageKey key) {
    BlobPath blob = folders.blob(key);
    staged.sync();
    joinNamesOf(
        blob,
        disk.call(
            Lane.SYNC,
            "store",
            blob.file(),
            () -> {
              moveIn(staged.path(), blob);
              return directorySync.request(unsyncedFoldersOf(blob));
            }));
  }

  /**
   * The store is looked for before and after: if it went away in between, nobody knows where the
   * file is now. If it goes later, the file goes with it and comes back.
   */
  private void moveIn(Path staged, BlobPath blob) throws IOException {
    StorePlace.@Nullable Known here = place.require();
    if (!Objects.equals(durableIn.getAndSet(here), here)) {
      durable.clear(); // It may be a copy on another volume.
    }
    if (!durable.contains(blob.prefix())) {
      files.makeDirectory(blob.algorithm());
      files.makeDirectory(blob.prefix());
    }
    files.move(staged, blob.file());
    StorePlace.Known _ = place.require();
  }

  /**
   * Whoever is alone with the disk has folders synced beside the bytes, in less time; where others
   * are, threads that need not be woken are worth more.
   *
   * @return to be asked when the bytes are synced, for when the folders are
   */
  private Supplier<CompletableFuture<?>> syncWithBytes(BlobPath blob) {
    if (!disk.isAlone(Lane.SYNC)) {
      return () -> directorySync.request(unsyncedFoldersOf(blob));
    }
    CompletableFuture<?> names = directorySync.requestBeside(unsyncedFoldersOf(blob));
    return () -> names;
  }

  /** Returns the folders that have to be synced for a blob's name to be durable. */
  private List<Path> unsyncedFoldersOf(BlobPath blob) {
    List<Path> unsynced = new ArrayList<>();
    if (!durable.contains(blob.algorithm())) {
      unsynced.add(folders.blobs());
    }
    if (!durable.contains(blob.prefix())) {
      unsynced.add(blob.algorithm());
    }
    unsynced.add(blob.prefix());
    return unsynced;
  }

  private void joinNamesOf(BlobPath blob, CompletableFuture<?> names) {
    Disk.join(names);
    durable.add(blob.prefix());
    durable.add(blob.algorithm());
  }

  /** Nobody will learn the key of a blob that could not be made durable, so it must not stay. */
  private void withdraw(Path file, StorageException reason) {
    try {
      disk.call(Lane.SYNC, "delete", file, () -> files.delete(file));
    } catch (StorageException e) {
      reason.addSuppressed(e);
    }
  }

  /**
   * Deletes a blob. Syncs even if there is nothing any more: an earlier delete may have failed
   * before it came to that.
   */
  void delete(StorageKey key) {
    BlobPath blob = folders.blob(key);
    CompletableFuture<?> names =
        disk.call(
            Lane.SYNC,
            "delete",
            blob.file(),
            () -> {
              StorePlace.Known _ = place.require();
              boolean _ = files.delete(blob.file());
              return directorySync.request(List.of(blob.prefix()));
            });
    try {
      Disk.join(names);
    } catch (StorageException e) {
      if (e.kind() != StorageException.Kind.NOT_FOUND) {
        throw e; // Where there is no folder, there was never a blob.
      }
    }
  }
}
