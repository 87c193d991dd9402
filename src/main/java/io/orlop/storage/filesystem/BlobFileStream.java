package io.orlop.storage.filesystem;

import io.orlop.platform.stream.BulkInputStream;
import io.orlop.storage.StorageException;
import io.orlop.storage.filesystem.Disk.Lane;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Streams a part of a file in pieces of up to 256 KiB: straight into the caller's array when that
 * is large, else by way of a piece that is read ahead.
 */
final class BlobFileStream extends BulkInputStream {
  private static final int PIECE = 64 * 1024;
  private static final int MOST = 256 * 1024;

  private final Disk disk;
  private final Path path;
  private final FileLayer.OpenFile file;
  private final long end;

  /** Where the next piece begins. */
  private long position;

  private ByteBuffer ahead = ByteBuffer.allocate(0);

  BlobFileStream(Disk disk, Path path, FileLayer.OpenFile file, long offset, long length) {
    this.disk = disk;
    this.path = path;
    this.file = file;
    this.position = offset;
    this.end = offset + length;
  }

  @Override
  protected int readSome(byte[] target, int from, int count) {
    if (!ahead.hasRemaining()) {
      if (position == end) {
        return -1;
      }
      if (count >= PIECE) {
        return readPiece(ByteBuffer.wrap(target, from, Math.min(count, MOST)));
      }
      readAhead();
    }
    int taken = Math.min(count, ahead.remaining());
    ahead.get(target, from, taken);
    return taken;
  }

  private void readAhead() {
    if (ahead.capacity() == 0) {
      ahead = ByteBuffer.allocate((int) Math.min(PIECE, end - position));
    }
    ahead.clear();
    readPiece(ahead);
    ahead.flip();
  }

  private int readPiece(ByteBuffer target) {
    if (target.remaining() > end - position) {
      target.limit(target.position() + (int) (end - position));
    }
    int count = disk.call(Lane.READ, "read", path, () -> file.read(target, position));
    if (count < 0) {
      throw new StorageException(
          StorageException.Kind.UNAVAILABLE,
          "The file " + path + " ends at byte " + position + ": the blob is damaged.",
          null);
    }
    position += count;
    return count;
  }

  @Override
  protected long left() {
    return ahead.remaining() + end - position;
  }

  @Override
  public long skip(long count) {
    long wanted = Math.clamp(count, 0, left());
    int buffered = (int) Math.min(wanted, ahead.remaining());
    ahead.position(ahead.position() + buffered);
    position += wanted - buffered;
    return wanted;
  }

  @Override
  public int available() {
    return ahead.remaining();
  }
}
