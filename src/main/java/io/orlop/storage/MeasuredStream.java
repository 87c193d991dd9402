package io.orlop.storage;

import io.orlop.platform.stream.BulkInputStream;
import io.orlop.storage.StorageMeters.Operation;
import java.io.IOException;
import java.io.InputStream;

/** Times how long the first bytes of a part of a blob take, and counts where it fails. */
final class MeasuredStream extends BulkInputStream {
  private final InputStream bytes;
  private final StorageMeters meters;
  private long left;
  private boolean begun;

  /**
   * Measures a stream that nobody has read from.
   *
   * @param length how many bytes it has
   */
  MeasuredStream(InputStream bytes, long length, StorageMeters meters) {
    this.bytes = bytes;
    this.left = length;
    this.meters = meters;
  }

  @Override
  protected int readSome(byte[] target, int from, int count) throws IOException {
    int taken = begun ? readOn(target, from, count) : readFirst(target, from, count);
    left -= Math.max(taken, 0);
    return taken;
  }

  private int readFirst(byte[] target, int from, int count) throws IOException {
    begun = true;
    return meters.<Integer, IOException>measure(
        Operation.READ, () -> bytes.read(target, from, count));
  }

  private int readOn(byte[] target, int from, int count) throws IOException {
    try {
      return bytes.read(target, from, count);
    } catch (StorageException e) {
      meters.failed(Operation.READ, e);
      throw e;
    }
  }

  @Override
  protected long left() {
    return left;
  }

  /** Leaves it to the driver, which need not fetch what is left out. */
  @Override
  public long skip(long count) throws IOException {
    long skipped = bytes.skip(count);
    left -= skipped;
    return skipped;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
