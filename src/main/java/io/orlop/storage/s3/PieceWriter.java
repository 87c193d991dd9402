package io.orlop.storage.s3;

import io.orlop.storage.StorageException;
import io.orlop.storage.s3.Bucket.Stay;
import io.orlop.storage.s3.PartBuffers.PartBuffer;
import io.orlop.storage.s3.Pieces.Piece;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes one piece of an upload: what fits into a buffer as one object in one request, what is
 * longer in parts.
 */
final class PieceWriter {
  private static final Logger LOG = Logger.getLogger(PieceWriter.class);

  private final S3Parts parts;
  private final String name;
  private final String key;
  private final PartRequests requests;
  private @Nullable PartBuffer filling;
  private @Nullable MultipartObject object;
  private int begun;
  private long sent;

  /**
   * Begins a piece; touches nothing yet.
   *
   * @param key the name of the object, of which {@code name} is the end
   */
  PieceWriter(S3Parts parts, String name, String key) {
    this.parts = parts;
    this.name = name;
    this.key = key;
    this.requests = new PartRequests(parts.requests());
  }

  long length() {
    PartBuffer buffer = filling;
    return sent + (buffer == null ? 0 : buffer.length());
  }

  /** Returns a buffer that has room; waits for one if need be. */
  PartBuffer buffer() {
    PartBuffer buffer = filling;
    if (buffer == null) {
      buffer = parts.buffers().take();
      filling = buffer;
    }
    return buffer;
  }

  /** Sends on what is in the buffer, without waiting until it has arrived. */
  void flush() {
    PartBuffer buffer = filling;
    if (buffer != null && buffer.length() > 0) {
      send(buffer);
    }
  }

  /** Tells whether nothing of it has gone to the store. */
  boolean isInMemory() {
    return object == null;
  }

  /** Tells whether it may not grow any more. */
  boolean isFull() {
    return begun >= parts.sizes().parts();
  }

  private void send(PartBuffer buffer) {
    MultipartObject target = object;
    if (target == null) {
      target = parts.bucket().begin(key, Stay.SHORT);
      object = target;
    }
    MultipartObject destination = target;
    int number = ++begun;
    requests.begin(() -> {
      try (buffer) {
        return destination.send(number, buffer.bytes(), buffer.length());
      }
    });
    sent += buffer.length();
    filling = null;
  }

  /** Completes the object, durably. Of nothing there is none. */
  Piece finish() {
    MultipartObject target = object;
    long length = length();
    if (target == null) {
      store(key, Stay.SHORT);
    } else {
      flush();
      target.complete(requests.finish(), length);
      object = null;
    }
    return new Piece(name, length);
  }

  /** Stores what is still in memory alone as an object of another name. */
  void store(String otherKey, Stay stay) {
    PartBuffer buffer = buffer();
    parts.bucket().put(otherKey, buffer.bytes(), buffer.length(), stay);
    release();
  }

  /** Drops what was not completed; leaves it to the job that looks for leftovers if need be. */
  void abort() {
    release();
    requests.settle();
    MultipartObject target = object;
    object = null;
    if (target != null) {
      try {
        target.abort();
      } catch (StorageException e) {
        LOG.debugf(e, "%s stays for the job that looks for leftovers", key);
      }
    }
  }

  private void release() {
    PartBuffer buffer = filling;
    filling = null;
    if (buffer != null) {
      buffer.close();
    }
  }
}
