package io.orlop.catalog.inventory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.catalog.blob.BlobInfo;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Reads configs, as many at once as there is room for, since the tree of a large one takes many
 * times its size. One that cannot be read is left alone for a while; pushed anew, it has another
 * key and is read at once.
 */
@ApplicationScoped
class ConfigReader {
  private static final int KIB = 1024;

  /** Two of the largest, or many of the usual size. */
  private static final int ROOM_KIB = (int) (2 * ConfigBlobs.LARGEST / KIB);

  /** What even a small one takes, so that there are not too many at once. */
  private static final int LEAST_KIB = 256;

  private static final long PATIENCE_SECONDS = 10;
  private static final Duration UNREADABLE = Duration.ofMinutes(10);
  private static final int MOST_UNREADABLE = 100_000;

  private final Function<BlobInfo, Optional<byte[]>> blobs;
  private final Semaphore room = new Semaphore(ROOM_KIB, true);
  private final Cache<StorageKey, Boolean> unreadable =
      Caffeine.newBuilder().maximumSize(MOST_UNREADABLE).expireAfterWrite(UNREADABLE).build();

  @Inject
  ConfigReader(ConfigBlobs blobs) {
    this(blobs::read);
  }

  /**
   * Makes a reader.
   *
   * @param blobs returns the bytes of a blob, empty if it cannot be read
   */
  ConfigReader(Function<BlobInfo, Optional<byte[]>> blobs) {
    this.blobs = blobs;
  }

  /** Tells whether there is no use in reading a config now. */
  boolean isUnreadable(BlobInfo config) {
    return unreadable.getIfPresent(config.key()) != null;
  }

  /** Reads a config and what it says; empty if it cannot be read, or not now. */
  Optional<String> read(BlobInfo config, Function<byte[], String> saying) {
    int size = Math.clamp(config.size() / KIB, LEAST_KIB, ROOM_KIB);
    if (isUnreadable(config) || !hasRoom(size)) {
      return Optional.empty();
    }
    try {
      Optional<byte[]> bytes = blobs.apply(config);
      if (bytes.isEmpty()) {
        unreadable.put(config.key(), true);
      }
      return bytes.map(saying);
    } finally {
      room.release(size);
    }
  }

  private boolean hasRoom(int size) {
    try {
      return room.tryAcquire(size, PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
