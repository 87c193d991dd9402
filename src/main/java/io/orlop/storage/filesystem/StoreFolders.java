package io.orlop.storage.filesystem;

import io.orlop.storage.StorageKey;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What lies where under the data folder. Paths are built only from validated keys and ids.
 *
 * @param data the data folder, absolute
 */
record StoreFolders(Path data) {
  private static final String MARKER = ".orlop-store";

  /** Where a blob lies, and the folders above it up to {@link #blobs}. */
  record BlobPath(Path algorithm, Path prefix, Path file) {}

  Path blobs() {
    return data.resolve("blobs");
  }

  Path uploads() {
    return data.resolve("uploads");
  }

  Path marker() {
    return blobs().resolve(MARKER);
  }

  /** Returns where a marker is written before it takes the place of the old one. */
  Path newMarker() {
    return blobs().resolve(MARKER + ".new");
  }

  Path staged(UUID upload) {
    return uploads().resolve(upload.toString());
  }

  /** Returns which upload a file of {@link #uploads} belongs to; empty if it is a foreign file. */
  Optional<UUID> uploadOf(Path staged) {
    String name = String.valueOf(staged.getFileName());
    try {
      UUID upload = UUID.fromString(name);
      return upload.toString().equals(name) ? Optional.of(upload) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  BlobPath blob(StorageKey key) {
    String[] parts = key.value().split("/", -1);
    Path algorithm = blobs().resolve(parts[0]);
    Path prefix = algorithm.resolve(parts[1]);
    return new BlobPath(algorithm, prefix, blobs().resolve(key.value()));
  }

  /** Makes the folders, durably. */
  void make(FileLayer files) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    @Nullable Path folder = data;
    while (folder != null && !exists(files, folder)) {
      missing.push(folder);
      folder = folder.getParent();
    }
    while (folder != null && !missing.isEmpty()) {
      Path made = missing.pop();
      files.makeDirectory(made);
      files.syncDirectory(folder);
      folder = made;
    }
    files.makeDirectory(blobs());
    files.makeDirectory(uploads());
    files.syncDirectory(data);
    for (@Nullable Path above = data.getParent(); above != null; above = above.getParent()) {
      syncIfAllowed(files, above);
    }
  }

  /** Whoever made the data folder has perhaps not synced its name, nor those above it. */
  private static void syncIfAllowed(FileLayer files, Path folder) {
    try {
      files.syncDirectory(folder);
    } catch (IOException _) {
      // A folder of somebody else's, or of a file system that cannot: its name was there before us.
    }
  }

  private static boolean exists(FileLayer files, Path folder) throws IOException {
    try {
      files.attributes(folder);
      return true;
    } catch (NoSuchFileException _) {
      return false;
    }
  }
}
