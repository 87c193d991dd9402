package io.orlop.registry.v2;

import io.orlop.platform.error.ErrorCode;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the memory of manifests on their way in or out, which takes several times their size. The
 * largest take their turn; ordinary ones need no share and never wait.
 */
final class ManifestBudget {
  private static final int KIB = 1024;
  private static final int PART_OF_HEAP = 16;
  private static final long PATIENCE_SECONDS = 30;

  private final int kibibytes =
      (int)
          Math.max(
              ManifestBody.LIMIT / KIB + 1, Runtime.getRuntime().maxMemory() / KIB / PART_OF_HEAP);
  private final Semaphore free = new Semaphore(kibibytes, true);

  /** Begins with nothing. */
  Share open() {
    return new Share();
  }

  /** What one request may use until it is closed, which may happen more than once. */
  final class Share implements AutoCloseable {
    private int taken;

    /**
     * Takes a share, waiting for its turn.
     *
     * @throws io.orlop.platform.error.RegistryException TOOMANYREQUESTS if its turn does not come
     */
    void take(long bytes) {
      int share = (int) Math.min(kibibytes, bytes / KIB + 1);
      try {
        if (!free.tryAcquire(share, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw ErrorCode.TOOMANYREQUESTS.exception(
              "too many large manifests are on their way: try again");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ErrorCode.UNAVAILABLE.exception();
      }
      add(share);
    }

    private synchronized void add(int share) {
      taken += share;
    }

    @Override
    public synchronized void close() {
      free.release(taken);
      taken = 0;
    }
  }
}
