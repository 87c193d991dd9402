package io.orlop.catalog.blob;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.platform.metrics.CacheMeters;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bytes of small blobs at hand that are asked for again and again, such as the
 * configuration of an image that a whole cluster pulls. What is kept never goes stale: a key always
 * has the same bytes, and whether it may be seen here is asked elsewhere.
 */
@ApplicationScoped
class SmallBlobs {
  /** So large is a blob at most that is kept. */
  static final int LARGEST = 32 * 1024;

  private static final long BYTES = 4L << 20;

  /** What an entry takes besides its bytes, about. */
  private static final int OVERHEAD = 256;

  private final Cache<StorageKey, byte[]> blobs =
      Caffeine.newBuilder()
          .maximumWeight(BYTES)
          .<StorageKey, byte[]>weigher((_, bytes) -> bytes.length + OVERHEAD)
          .executor(Runnable::run)
          .recordStats()
          .build();

  SmallBlobs(CacheMeters meters) {
    meters.watch("small-blobs", blobs);
  }

  byte @Nullable [] find(StorageKey key) {
    return blobs.getIfPresent(key);
  }

  /** Keeps bytes that have been found to be the right ones. */
  void keep(StorageKey key, byte[] bytes) {
    blobs.put(key, bytes);
  }
}
