package io.orlop.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Small files beside the blobs: the store's marker, and the probe that tries out writing. */
final class StoreMarker {
  private final FileLayer files;
  private final StoreFolders folders;

  StoreMarker(FileLayer files, StoreFolders folders) {
    this.files = files;
    this.folders = folders;
  }

  /** Reads the marker; empty if the store has none. */
  Optional<String> read() throws IOException {
    int size;
    try {
      size = Math.toIntExact(files.attributes(folders.marker()).size());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    try (FileLayer.OpenFile file = files.openForReading(folders.marker())) {
      int count;
      do {
        count = file.read(bytes, bytes.position());
      } while (count > 0 && bytes.hasRemaining());
    }
    return Optional.of(StandardCharsets.UTF_8.decode(bytes.flip()).toString());
  }

  /** Writes the marker so that after a power cut there is either the old one or the new one. */
  void write(String marker) throws IOException {
    writeAndSync(folders.newMarker(), marker);
    files.move(folders.newMarker(), folders.marker());
    files.syncDirectory(folders.blobs());
  }

  /**
   * Goes the way of an upload with one file: written, synced, moved, deleted. One caller after the
   * other, since they would take the file away from each other.
   */
  synchronized void probe() throws IOException {
    Path staged = folders.uploads().resolve(".orlop-probe");
    Path moved = folders.blobs().resolve(".orlop-probe");
    try {
      writeAndSync(staged, "May be deleted.");
      files.move(staged, moved);
      files.syncDirectory(folders.blobs());
    } finally {
      files.delete(staged);
      files.delete(moved);
    }
  }

  private void writeAndSync(Path path, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try (FileLayer.OpenFile file = files.openForWriting(path)) {
      file.truncate(0);
      while (bytes.hasRemaining()) {
        file.write(bytes, bytes.position());
      }
      file.sync();
    }
  }
}
