package io.orlop.storage.filesystem;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk on which no sync comes to an end until it is released. */
final class SlowDisk implements PowerCutFileLayer.Trap {
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger waiting = new AtomicInteger();

  @Override
  public void before(String operation, Path path) throws IOException {
    if (operation.startsWith("sync")) {
      waiting.incrementAndGet();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  void awaitWaiting(int syncs) {
    await().atMost(Duration.ofMinutes(1)).until(() -> waiting.get() >= syncs);
  }

  void release() {
    released.countDown();
  }
}
