package io.orlop.platform.http.file;

import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/**
 * A part of a file that is read into a buffer and written from there, piece by piece. Each thread
 * of connections has one buffer.
 *
 * <p>The kernel could send it without these copies, by {@code sendfile}. But that costs more: pages
 * of 4 KiB are handed over one by one, and whoever receives them copies them from memory that no
 * cache holds.
 */
final class CopiedRegion extends AbstractReferenceCounted implements FileRegion {
  /**
   * In bytes: two segments of the loopback, which takes 65,483 bytes in each, so that no crumbs are
   * sent between full ones; and little enough for the processor's own cache.
   */
  static final int PIECE = 2 * 63 * 1024;

  private static final FastThreadLocal<ByteBuffer> BUFFER =
      new FastThreadLocal<>() {
        @Override
        protected ByteBuffer initialValue() {
          return ByteBuffer.allocateDirect(PIECE);
        }
      };

  private final FileRegion region;
  private final FileChannel file;
  private long transferred;
  private boolean full;

  /** Sends what {@code region} would, which is of {@code file}, and is released with it. */
  CopiedRegion(FileRegion region, FileChannel file) {
    this.region = region;
    this.file = file;
  }

  @Override
  public long position() {
    return region.position();
  }

  @Override
  @Deprecated
  public long transfered() {
    return transferred;
  }

  @Override
  public long transferred() {
    return transferred;
  }

  @Override
  public long count() {
    return region.count();
  }

  /** Writes until everything is written or the target takes no more. */
  @Override
  public long transferTo(WritableByteChannel target, long position) throws IOException {
    if (full) {
      // Netty asks once more before it waits: to read for that would be in vain.
      full = false;
      return 0;
    }
    ByteBuffer buffer = BUFFER.get();
    long written = 0;
    for (long left = count() - position; written < left; ) {
      buffer.clear().limit((int) Math.min(PIECE, left - written));
      if (file.read(buffer, position() + position + written) < 0) {
        throw new EOFException("The file has become shorter");
      }
      buffer.flip();
      int read = buffer.limit();
      int took = target.write(buffer);
      written += took;
      transferred += took;
      if (took < read) {
        full = took > 0;
        break;
      }
    }
    return written;
  }

  @Override
  protected void deallocate() {
    region.release();
  }

  @Override
  public FileRegion retain() {
    super.retain();
    return this;
  }

  @Override
  public FileRegion retain(int increment) {
    super.retain(increment);
    return this;
  }

  @Override
  public FileRegion touch() {
    return this;
  }

  @Override
  public FileRegion touch(Object hint) {
    return this;
  }
}
