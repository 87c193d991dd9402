package io.orlop.storage.filesystem;

import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobStore;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.SpaceReserve;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageKey;
import io.orlop.storage.filesystem.Disk.Lane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps blobs in files: {@code <data>/blobs/<key>}, staged as {@code <data>/uploads/<uuid>} on the
 * same volume, so that publishing one is a rename.
 */
public final class FilesystemBlobStore implements BlobStore {
  private static final Duration AHEAD = Duration.ofDays(1);

  private final StoreParts parts;
  private final FileLayer files;
  private final StoreFolders folders;
  private final Disk disk;
  private final StoreMarker marker;

  FilesystemBlobStore(StoreParts parts) {
    this.parts = parts;
    files = parts.files();
    folders = parts.folders();
    disk = parts.disk();
    marker = new StoreMarker(files, folders);
    disk.run(
        Lane.SYNC,
        "prepare",
        folders.data(),
        () -> {
          folders.make(files);
          parts.place().remember();
        });
  }

  /**
   * Opens the store in a data folder; makes the folders that are missing.
   *
   * @param data the data folder
   * @param reserve how much of its volume uploads leave free
   * @throws StorageException if the folders cannot be made
   */
  public static FilesystemBlobStore open(Path data, SpaceReserve reserve) {
    FileLayer files = new ChannelFileLayer();
    StoreFolders folders = new StoreFolders(data.toAbsolutePath().normalize());
    SpaceGuard space = new SpaceGuard(files, folders.data(), reserve, System::nanoTime);
    return new FilesystemBlobStore(StoreParts.over(files, folders, space));
  }

  @Override
  public BlobWriter create(UUID upload, Set<DigestAlgorithm> algorithms) {
    return FilesystemBlobWriter.begin(parts, upload, algorithms);
  }

  @Override
  public BlobWriter resume(StagedUpload upload) {
    Path path = folders.staged(upload.id());
    long size = disk.call(Lane.READ, "resume", path, () -> stagedSize(path, upload.offset()));
    if (size < upload.offset()) {
      throw new StorageException(
          StorageException.Kind.NOT_FOUND,
          path + " has " + size + " bytes, but " + upload.offset() + " were acknowledged.",
          null);
    }
    if (size > upload.offset()) {
      disk.run(Lane.SYNC, "cut", path, () -> cut(path, upload.offset()));
    }
    return FilesystemBlobWriter.goOn(parts, upload, new StagedFile(parts, path, upload.offset()));
  }

  private long stagedSize(Path path, long acknowledged) throws IOException {
    try {
      return files.attributes(path).size();
    } catch (NoSuchFileException e) {
      if (acknowledged == 0) {
        return 0;
      }
      throw e;
    }
  }

  private void cut(Path path, long length) throws IOException {
    try (FileLayer.OpenFile file = files.openForWriting(path)) {
      file.truncate(length);
      file.sync();
    }
  }

  @Override
  public void discard(UUID upload) {
    parts.parked().forget(upload);
    Path path = folders.staged(upload);
    disk.call(Lane.WRITE, "delete", path, () -> files.delete(path));
  }

  @Override
  public List<UUID> stagedBefore(Instant moment, int limit) {
    return disk.call(Lane.READ, "list", folders.uploads(), () -> listStagedBefore(moment, limit));
  }

  private List<UUID> listStagedBefore(Instant moment, int limit) throws IOException {
    List<UUID> found = new ArrayList<>();
    files.list(
        folders.uploads(),
        path -> {
          Optional<UUID> upload = folders.uploadOf(path);
          if (upload.isPresent() && writtenBefore(moment, path)) {
            found.add(upload.get());
          }
          return found.size() < limit;
        });
    return found;
  }

  private boolean writtenBefore(Instant moment, Path path) throws IOException {
    try {
      Instant written = files.attributes(path).lastModifiedTime().toInstant();
      // Nobody writes in the future: then the clock was ahead, and the time says nothing.
      return written.isBefore(moment) || written.isAfter(Instant.now().plus(AHEAD));
    } catch (NoSuchFileException _) {
      // Committed or discarded since the folder was read.
      return false;
    }
  }

  @Override
  public BlobReader open(StorageKey key) {
    Path path = folders.blob(key).file();
    // Going to a thread of the lane and back takes longer than the look itself.
    long size = disk.callHere("open", path, () -> files.attributes(path).size());
    return new BlobFile(files, disk, path, size);
  }

  @Override
  public OptionalLong size(StorageKey key) {
    Path path = folders.blob(key).file();
    try {
      return OptionalLong.of(
          disk.call(Lane.READ, "look at", path, () -> files.attributes(path).size()));
    } catch (StorageException e) {
      if (e.kind() == StorageException.Kind.NOT_FOUND) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  @Override
  public void put(StorageKey key, long size, InputStream bytes) throws IOException {
    var algorithms = Set.of(key.digest().algorithm());
    FilesystemBlobWriter writer = FilesystemBlobWriter.begin(parts, UUID.randomUUID(), algorithms);
    try {
      writer.append(bytes);
      if (writer.offset() != size) {
        throw new IOException(
            "There are " + writer.offset() + " bytes for " + key + ", not " + size + ".");
      }
      if (!writer.matches(key.digest())) {
        throw new IOException("The bytes for " + key + " have another digest.");
      }
      writer.commitAs(key);
    } finally {
      writer.cancel(); // Drops what is staged, unless it became the blob.
    }
  }

  /** Two syncs and a file in vain now and then, against a question for each small blob. */
  @Override
  public long worthAsking() {
    return 2L << 20;
  }

  @Override
  public void delete(StorageKey key) {
    parts.blobs().delete(key);
  }

  @Override
  public Optional<String> marker() {
    return disk.call(Lane.READ, "read", folders.marker(), marker::read);
  }

  @Override
  public void writeMarker(String text) {
    disk.run(Lane.SYNC, "write", folders.marker(), () -> parts.place().mark(text));
  }

  @Override
  public void checkWritable() {
    disk.run(
        Lane.SYNC,
        "write to",
        folders.data(),
        () -> {
          StorePlace.Known _ = parts.place().require();
          marker.probe();
        });
  }

  @Override
  public void checkSpace() {
    if (parts.space().isKnownToHaveRoom()) {
      return; // Going to a thread of the lane and back takes longer than all else of this.
    }
    disk.run(Lane.READ, "measure the volume of", folders.data(), () -> parts.space().admit(0));
  }

  @Override
  public void close() {
    disk.close();
  }
}
