package io.orlop.storage;

import io.orlop.oci.Digest;
import io.orlop.platform.stream.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Hashes a whole blob while it is read, and gives its last bytes away only if the digest is right:
 * whoever copies from here never has a complete wrong body.
 */
public final class VerifiedStream extends BulkInputStream {
  private final InputStream blob;
  private final Digest expected;
  private final MessageDigest running;
  private long left;

  /**
   * Begins at a blob's first byte.
   *
   * @param size the blob's size in bytes, at least 1
   */
  public VerifiedStream(InputStream blob, Digest expected, long size) {
    this.blob = blob;
    this.expected = expected;
    running = expected.algorithm().newMessageDigest();
    left = size;
  }

  /**
   * Reads on.
   *
   * @throws WrongBytesException instead of returning the last bytes of a damaged blob
   */
  @Override
  protected int readSome(byte[] target, int from, int count) throws IOException {
    if (left == 0) {
      return -1;
    }
    int taken = blob.read(target, from, (int) Math.min(count, left));
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

  @Override
  protected long left() {
    return left;
  }

  @Override
  public void close() throws IOException {
    blob.close();
  }
}
