package io.orlop.storage;

import io.orlop.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * Hashes a whole blob while it is read, and gives its last bytes away only if the digest is right:
 * whoever copies from here never has a complete wrong body.
 */
public final class VerifiedStream extends FilterInputStream {
  private final Digest expected;
  private final MessageDigest running;
  private long left;

  /**
   * Begins at a blob's first byte.
   *
   * @param size the blob's size in bytes, at least 1
   */
  public VerifiedStream(InputStream blob, Digest expected, long size) {
    super(blob);
    this.expected = expected;
    running = expected.algorithm().newMessageDigest();
    left = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  /**
   * Reads on.
   *
   * @throws WrongBytesException instead of returning the last bytes of a damaged blob
   */
  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, target.length);
    if (left == 0) {
      return -1;
    }
    int taken = in.read(target, from, (int) Math.min(count, left));
    if (taken < 0) {
      throw new WrongBytesException(expected);
    }
    running.update(target, from, taken);
    left -= taken;
    if (left == 0 && taken > 0) {
      check();
    }
    return taken;
  }

  private void check() {
    if (!Digest.soFar(expected.algorithm(), running).equals(expected)) {
      throw new WrongBytesException(expected);
    }
  }

  /** Reads what is skipped: it belongs to the digest. */
  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[Math.clamp(count, 0, 8192)];
    return skipped.length == 0 ? 0 : Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
