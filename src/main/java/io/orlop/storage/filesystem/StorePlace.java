package io.orlop.storage.filesystem;

import io.orlop.storage.StorageException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows the store's folder again. Below a volume that is no longer mounted lies an empty folder of
 * the same name, and what is stored there vanishes as soon as the volume is back: so whoever writes
 * asks here first.
 *
 * <p>To ask costs one look at the marker's file. It is read only when it is another file than
 * before, as after a volume was mounted again.
 */
final class StorePlace {
  private final FileLayer files;
  private final StoreFolders folders;
  private final StoreMarker marker;
  private volatile @Nullable Known known;

  StorePlace(FileLayer files, StoreFolders folders) {
    this.files = files;
    this.folders = folders;
    this.marker = new StoreMarker(files, folders);
  }

  /**
   * A store that was seen.
   *
   * @param marker what its marker says
   * @param look how the marker's file looked then
   */
  record Known(String marker, Look look) {}

  /**
   * How a file looks from outside. Two volumes may give the same number to their markers.
   *
   * @param file the file's and its volume's number, where the file system has such
   */
  private record Look(@Nullable Object file, FileTime written, long size) {}

  /** Remembers the store that is here now. Before it has a marker, any folder will do. */
  void remember() throws IOException {
    known = see().orElse(null);
  }

  /** Gives the store another marker, and remembers it. */
  synchronized void mark(String text) throws IOException {
    known = null;
    marker.write(text);
    remember();
  }

  /**
   * Requires the store that is remembered.
   *
   * @return that store, the same object for as long as nobody has changed it for another folder
   * @throws StorageException of kind {@code AWAY} if another one is here, or none
   */
  @Nullable Known require() throws IOException {
    @Nullable Known expected = known;
    return expected == null || Optional.of(expected.look()).equals(look()) ? expected : recognize();
  }

  /** Looks closer, unless the store is just being marked. */
  private synchronized @Nullable Known recognize() throws IOException {
    @Nullable Known expected = known;
    if (expected != null && !Optional.of(expected.look()).equals(look())) {
      known = see().filter(seen -> seen.marker().equals(expected.marker())).orElseThrow(this::away);
    }
    return known;
  }

  private Optional<Known> see() throws IOException {
    Optional<Look> look = look();
    Optional<String> text = marker.read();
    return look.flatMap(seen -> text.map(said -> new Known(said, seen)));
  }

  private Optional<Look> look() throws IOException {
    try {
      BasicFileAttributes found = files.attributes(folders.marker());
      return Optional.of(new Look(found.fileKey(), found.lastModifiedTime(), found.size()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private StorageException away() {
    return new StorageException(
        StorageException.Kind.AWAY,
        "The folder "
            + folders.blobs()
            + " is not the store that Orlop was started with: its marker is gone, or another's. Is"
            + " its volume mounted? Nothing is stored until that store is back.",
        null);
  }
}
