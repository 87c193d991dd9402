package io.orlop.catalog.upload;

import io.orlop.platform.job.PeriodicWork;
import io.orlop.storage.BlobStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Drops uploads that nobody goes on with, and staged bytes that no upload knows: a crash between
 * staging and recording leaves those.
 */
@ApplicationScoped
class UploadPurge implements PeriodicWork {
  private static final int BATCH = 500;

  private final UploadSessions sessions;
  private final UploadLocks locks;
  private final UploadConfig config;
  private final BlobStore store;

  UploadPurge(UploadSessions sessions, UploadLocks locks, UploadConfig config, BlobStore store) {
    this.sessions = sessions;
    this.locks = locks;
    this.config = config;
    this.store = store;
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
    Instant idleSince = Instant.now().minus(config.idleTimeout());
    List<UUID> idle;
    do {
      idle = sessions.idleSince(idleSince, BATCH).stream().filter(id -> !locks.isHeld(id)).toList();
      idle.forEach(this::drop);
    } while (idle.size() == BATCH);
    store.stagedBefore(idleSince, BATCH).stream()
        .filter(id -> !locks.isHeld(id) && !sessions.exists(id))
        .forEach(store::discard);
  }

  private void drop(UUID id) {
    sessions.delete(id);
    store.discard(id);
  }
}
