package io.orlop.storage.s3;

import io.orlop.storage.StorageException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all uploads of the process: buffers of one part each, lent in the order in which
 * they were asked for.
 *
 * <p>Nobody who waits for a buffer holds one that others wait for: an upload has one that it fills
 * from its client, and others that are on their way to the store, which come back by themselves.
 */
final class PartBuffers {
  private final int size;
  private final Semaphore free;
  private final Deque<byte[]> idle = new ConcurrentLinkedDeque<>();

  /**
   * Lends nothing yet.
   *
   * @param budget how many bytes at most; one buffer there is always
   * @param size the size of a buffer
   */
  PartBuffers(long budget, int size) {
    this.size = size;
    this.free = new Semaphore(Math.clamp(budget / size, 1, Integer.MAX_VALUE), true);
  }

  /** Waits for a buffer. */
  PartBuffer take() {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException(
          StorageException.Kind.UNAVAILABLE, "Interrupted while waiting for memory.", e);
    }
    byte @Nullable [] bytes = idle.poll();
    return new PartBuffer(bytes == null ? new byte[size] : bytes);
  }

  /** Returns how many buffers are not lent. */
  int free() {
    return free.availablePermits();
  }

  /** Returns how many uploads wait for a buffer; an estimate. */
  int waiting() {
    return free.getQueueLength();
  }

  /** Some bytes of an upload, lent until closed. Wanders between threads, one at a time. */
  final class PartBuffer implements AutoCloseable {
    private final byte[] bytes;
    private final AtomicBoolean lent = new AtomicBoolean(true);
    private int length;

    private PartBuffer(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }

    int length() {
      return length;
    }

    int room() {
      return bytes.length - length;
    }

    /** Says that this many bytes more have been put behind the others. */
    void added(int count) {
      length += count;
    }

    @Override
    public void close() {
      if (lent.getAndSet(false)) {
        idle.push(bytes);
        free.release();
      }
    }
  }
}
