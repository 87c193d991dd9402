package io.orlop.storage.filesystem;

import io.orlop.storage.BlobReader;
import io.orlop.storage.filesystem.Disk.Lane;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A blob that is a file, opened when somebody streams it. */
final class BlobFile implements BlobReader {
  private final FileLayer files;
  private final Disk disk;
  private final Path path;
  private final long size;
  private FileLayer.@Nullable OpenFile file;

  BlobFile(FileLayer files, Disk disk, Path path, long size) {
    this.files = files;
    this.disk = disk;
    this.path = path;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(path);
  }

  @Override
  public InputStream stream(long offset, long length) {
    Objects.checkFromIndexSize(offset, length, size);
    FileLayer.@Nullable OpenFile open = file;
    if (open == null) {
      open = disk.call(Lane.READ, "open", path, () -> files.openForReading(path));
      file = open;
    }
    return new BlobFileStream(disk, path, open, offset, length);
  }

  @Override
  public void close() {
    FileLayer.@Nullable OpenFile open = file;
    file = null;
    if (open != null) {
      disk.run(Lane.READ, "close", path, open::close);
    }
  }
}
