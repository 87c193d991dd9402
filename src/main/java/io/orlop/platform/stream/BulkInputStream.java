package io.orlop.platform.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * A stream whose bytes come in arrays: a single byte is an array of one, and copies are made in
 * larger pieces than the JDK's.
 */
public abstract class BulkInputStream extends InputStream {
  private static final int PIECE = 128 * 1024;

  /** Begins at the first byte. */
  protected BulkInputStream() {}

  /** Reads one byte. */
  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  /** Reads into an array, as many bytes as come at once. */
  @Override
  public final int read(byte[] target, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, target.length);
    return count == 0 ? 0 : readSome(target, from, count);
  }

  /**
   * Reads into an array, whose bounds are right.
   *
   * @param count how many bytes at most, at least 1
   * @return how many bytes there are, at least 1; -1 at the end
   */
  protected abstract int readSome(byte[] target, int from, int count) throws IOException;

  /**
   * Returns how many bytes can come yet, at most: a copy needs no larger piece.
   *
   * @return {@link Long#MAX_VALUE} if that is not known
   */
  protected long left() {
    return Long.MAX_VALUE;
  }

  @Override
  public long transferTo(OutputStream output) throws IOException {
    byte[] piece = new byte[Math.clamp(left(), 1, PIECE)];
    long copied = 0;
    for (int count = read(piece); count >= 0; count = read(piece)) {
      output.write(piece, 0, count);
      copied += count;
    }
    return copied;
  }
}
