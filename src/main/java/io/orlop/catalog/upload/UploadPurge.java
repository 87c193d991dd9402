package io.orlop.catalog.upload;

import io.orlop.platform.job.ClockWatch;
import io.orlop.platform.job.PeriodicWork;
import io.orlop.storage.BlobStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Drops uploads that nobody goes on with, and staged bytes that no upload knows: a crash between
 * staging and recording leaves those.
 */
@ApplicationScoped
class UploadPurge implements PeriodicWork {
  private static final int BATCH = 500;

  /** A clock that was just set says nothing about who is idle. */
  private static final Duration STEADY = Duration.ofMinutes(30);

  private final UploadSessions sessions;
  private final UploadLocks locks;
  private final UploadConfig config;
  private final BlobStore store;
  private final ClockWatch clock;

  UploadPurge(
      UploadSessions sessions,
      UploadLocks locks,
      UploadConfig config,
      BlobStore store,
      ClockWatch clock) {
    this.sessions = sessions;
    this.locks = locks;
    this.config = config;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "purge-uploads";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    Duration timeout = config.idleTimeout();
    if (clock.isSteadyFor(timeout.compareTo(STEADY) < 0 ? timeout : STEADY)) {
      sessions.bringBackFromTheFuture();
      purge(Instant.now().minus(timeout));
    }
  }

  private void purge(Instant idleSince) {
    List<UUID> idle;
    do {
      idle = sessions.idleSince(idleSince, BATCH);
    } while (dropAll(idle, idleSince) == BATCH);
    store.stagedBefore(idleSince, BATCH).stream()
        .filter(id -> !locks.isHeld(id) && !sessions.exists(id))
        .forEach(store::discard);
  }

  private long dropAll(List<UUID> idle, Instant idleSince) {
    return idle.stream().filter(id -> drop(id, idleSince)).count();
  }

  /** Drops an upload unless its client has gone on with it meanwhile. */
  private boolean drop(UUID id, Instant idleSince) {
    Optional<UploadLocks.Lock> lock = locks.tryAcquire(id);
    if (lock.isEmpty()) {
      return false;
    }
    try (UploadLocks.Lock _ = lock.get()) {
      boolean dropped = sessions.deleteIdle(id, idleSince);
      if (dropped) {
        store.discard(id);
      }
      return dropped;
    }
  }
}
