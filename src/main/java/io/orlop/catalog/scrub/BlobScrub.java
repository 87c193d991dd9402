package io.orlop.catalog.scrub;

import io.orlop.catalog.blob.BlobInfo;
import io.orlop.catalog.blob.Damage;
import io.orlop.catalog.blob.DamagedBlobs;
import io.orlop.catalog.blob.StorePresence;
import io.orlop.platform.job.PeriodicWork;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * Reads all blobs again and again, slowly, and marks those that are damaged. A run takes a few
 * minutes, or one blob if that takes longer; the next one, on whichever replica, goes on from
 * there.
 *
 * <p>A finding counts when two readings in a row are bad while the store shows its marker: neither
 * a hiccup nor a volume that is not mounted damages a blob.
 */
@ApplicationScoped
class BlobScrub implements PeriodicWork {
  private static final Logger LOG = Logger.getLogger(BlobScrub.class);
  private static final long RUN_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int BEFORE_THE_SCHEDULER = 1;

  private final ScrubConfig config;
  private final ScrubQueue queue;
  private final BlobExaminer examiner;
  private final DamagedBlobs damaged;
  private final StorePresence presence;
  private final CountDownLatch stopping = new CountDownLatch(1);

  BlobScrub(
      ScrubConfig config,
      ScrubQueue queue,
      BlobExaminer examiner,
      DamagedBlobs damaged,
      StorePresence presence) {
    this.config = config;
    this.queue = queue;
    this.examiner = examiner;
    this.damaged = damaged;
    this.presence = presence;
    if (!config.interval().isPositive()) {
      throw new IllegalArgumentException("orlop.scrub.interval is longer than nothing");
    }
  }

  @Override
  public String name() {
    return "scrub-blobs";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run() {
    long rate = config.rate().asLongValue();
    if (rate <= 0) {
      return;
    }
    Throttle throttle = new Throttle(rate, System::nanoTime, this::pause);
    long begun = System.nanoTime();
    boolean goOn = true;
    while (goOn && System.nanoTime() - begun < RUN_NANOS) {
      goOn = scrubNext(throttle::waitFor);
    }
  }

  void stop(@Observes @Priority(BEFORE_THE_SCHEDULER) ShutdownEvent event) {
    stopping.countDown();
  }

  /** Returns whether to go on. */
  private boolean scrubNext(IntConsumer throttle) {
    Optional<BlobInfo> next = queue.next(config.interval());
    if (next.isEmpty()) {
      return false;
    }
    try {
      return scrub(next.get(), throttle);
    } catch (CancellationException e) {
      LOG.debug("The scrub ends early, the next one goes on", e);
      return false;
    }
  }

  private boolean scrub(BlobInfo blob, IntConsumer throttle) {
    Optional<Damage> finding = examiner.examine(blob, throttle);
    if (finding.isPresent() && presence.isHere()) {
      finding = examiner.examine(blob, throttle);
    }
    if (finding.isPresent() && !presence.isHere()) {
      LOG.warn("The store of blobs is away: the scrub waits for it.");
      return false;
    }
    if (finding.isPresent()) {
      boolean _ = damaged.mark(blob.digest(), blob.key(), finding.get());
    } else {
      damaged.clear(blob.digest(), blob.key());
    }
    queue.checked(blob);
    return true;
  }

  private void pause(long nanos) {
    try {
      if (stopping.await(nanos, TimeUnit.NANOSECONDS)) {
        throw new CancellationException("stopping");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
