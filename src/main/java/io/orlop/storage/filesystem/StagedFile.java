package io.orlop.storage.filesystem;

import io.orlop.storage.RunningDigests;
import io.orlop.storage.StorageException;
import io.orlop.storage.filesystem.Disk.Lane;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The staged bytes of one upload: a file that only grows, and is made with its first byte. One
 * operation at a time.
 */
final class StagedFile {
  /**
   * The device starts on this much while more arrives, so that the last sync of an upload of any
   * size is short. Much smaller steps were measured to slow uploads down.
   */
  static final long SYNC_EVERY = 128L << 20;

  /** Other uploads get their turn after this much of a file that is read again. */
  private static final long REREAD_SLICE = 4L << 20;

  private final FileLayer files;
  private final Disk disk;
  private final SpaceGuard space;
  private final Path path;
  private FileLayer.@Nullable OpenFile file;
  private long length;
  private long syncBegunUpTo;
  private CompletableFuture<?> syncing = CompletableFuture.completedFuture(null);
  private boolean clean;

  /**
   * Takes up a file, or begins one.
   *
   * @param length how many bytes the file has, all of them durable; with none it need not be there
   */
  StagedFile(StoreParts parts, Path path, long length) {
    this.files = parts.files();
    this.disk = parts.disk();
    this.space = parts.space();
    this.path = path;
    this.length = length;
    this.syncBegunUpTo = length;
    this.clean = length > 0;
  }

  Path path() {
    return path;
  }

  long length() {
    return length;
  }

  /**
   * Begins to write bytes at the end, and to add to the digests whatever of them was written: if
   * this fails midway, length and digests still belong together.
   */
  CompletableFuture<?> append(ByteBuffer bytes, RunningDigests digests) {
    return disk.begin(
        Lane.WRITE,
        "write",
        path,
        () -> {
          space.admit(bytes.remaining());
          FileLayer.OpenFile target = open();
          clean = false;
          while (bytes.hasRemaining()) {
            int from = bytes.position();
            int count = target.write(bytes, length);
            digests.update(bytes.array(), bytes.arrayOffset() + from, count);
            length += count;
          }
          if (length - syncBegunUpTo >= SYNC_EVERY && syncing.isDone()) {
            Disk.join(syncing);
            syncing = disk.begin(Lane.SYNC, "sync", path, target::sync);
            syncBegunUpTo = length;
          }
        });
  }

  /** Reads all bytes again. */
  void readInto(RunningDigests digests, ChunkBuffers buffers) {
    while (digests.length() < length) {
      disk.run(Lane.WRITE, "read", path, () -> readSlice(digests, buffers));
    }
  }

  private void readSlice(RunningDigests digests, ChunkBuffers buffers) throws IOException {
    long end = Math.min(length, digests.length() + REREAD_SLICE);
    try (FileLayer.OpenFile source = files.openForReading(path);
        ChunkBuffers.Pair pair = buffers.take()) {
      ByteBuffer chunk = pair.first();
      while (digests.length() < end) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), end - digests.length()));
        int count = source.read(chunk, digests.length());
        if (count < 0) {
          throw new StorageException(
              StorageException.Kind.NOT_FOUND,
              path + " has become shorter than the upload: begin the upload again.",
              null);
        }
        digests.update(chunk.array(), chunk.arrayOffset(), count);
      }
    }
  }

  /**
   * Makes the bytes durable, and the file if it has none.
   *
   * @throws StorageException if they are not. It stays so: the kernel reports a failure once and
   *     then takes the lost bytes for written.
   */
  void sync() {
    Disk.join(syncing);
    if (clean) {
      return;
    }
    syncing = disk.begin(Lane.SYNC, "sync", path, () -> open().sync());
    Disk.join(syncing);
    clean = true;
  }

  private FileLayer.OpenFile open() throws IOException {
    FileLayer.@Nullable OpenFile open = file;
    if (open == null) {
      open = files.openForWriting(path);
      file = open;
      if (length == 0) {
        open.truncate(0);
      }
    }
    return open;
  }

  /** Tells whether a sync has failed, so that the bytes cannot be relied on. */
  boolean lost() {
    return syncing.isCompletedExceptionally();
  }

  /** Closes the file; its bytes stay. */
  void close() {
    Disk.settle(syncing);
    FileLayer.@Nullable OpenFile open = file;
    file = null;
    if (open != null) {
      disk.run(Lane.WRITE, "close", path, open::close);
    }
  }
}
