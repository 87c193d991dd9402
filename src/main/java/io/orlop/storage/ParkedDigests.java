package io.orlop.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the running digests of uploads between two requests, so that the next chunk goes on where
 * the last one ended and no staged byte is read again. Bounded: the upload that was parked longest
 * ago makes way, and is read again should it go on after all.
 *
 * <p>Safe for concurrent use.
 */
public final class ParkedDigests {
  private final int capacity;
  private final Map<UUID, RunningDigests> parked = new LinkedHashMap<>();

  /**
   * Makes an empty one.
   *
   * @param capacity how many uploads at most; one takes less than a kilobyte
   */
  public ParkedDigests(int capacity) {
    this.capacity = capacity;
  }

  /** Keeps the digests of an upload, which their owner must not touch any more. */
  public synchronized void park(UUID upload, RunningDigests digests) {
    parked.remove(upload);
    parked.put(upload, digests);
    if (parked.size() > capacity) {
      parked.remove(parked.keySet().iterator().next());
    }
  }

  /**
   * Hands out the digests of an upload, once. Empty unless they stand exactly where the upload was
   * acknowledged, byte for byte.
   */
  public synchronized Optional<RunningDigests> take(StagedUpload upload) {
    @Nullable RunningDigests digests = parked.remove(upload.id());
    return Optional.ofNullable(digests)
        .filter(found -> found.length() == upload.offset())
        .filter(found -> found.soFar().equals(upload.digests()));
  }

  /** Drops the digests of an upload that has ended. */
  public synchronized void forget(UUID upload) {
    parked.remove(upload);
  }
}
