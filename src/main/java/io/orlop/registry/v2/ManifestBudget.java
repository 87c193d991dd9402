package io.orlop.registry.v2;

import io.orlop.platform.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the memory of manifests on their way in. Reading, parsing and storing one takes several
 * times its size; the largest take their turn, ordinary ones never wait.
 */
@ApplicationScoped
class ManifestBudget {
  private static final long ORDINARY_BYTES = 64 * 1024;
  private static final int KIB = 1024;
  private static final int SHARE_OF_HEAP = 16;
  private static final long PATIENCE_SECONDS = 30;

  private final int kibibytes =
      (int)
          Math.max(
              ManifestBody.LIMIT / KIB, Runtime.getRuntime().maxMemory() / KIB / SHARE_OF_HEAP);
  private final Semaphore free = new Semaphore(kibibytes, true);

  /** What a manifest may use until it is closed. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a share, waiting for its turn.
   *
   * @param bytes how large the manifest is, or may become
   * @throws io.orlop.platform.error.RegistryException TOOMANYREQUESTS if its turn does not come
   */
  Share take(long bytes) {
    if (bytes <= ORDINARY_BYTES) {
      return () -> {};
    }
    int share = (int) Math.min(kibibytes, bytes / KIB + 1);
    try {
      if (!free.tryAcquire(share, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw ErrorCode.TOOMANYREQUESTS.exception(
            "too many large manifests are being pushed at once: try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ErrorCode.UNAVAILABLE.exception();
    }
    return () -> free.release(share);
  }
}
