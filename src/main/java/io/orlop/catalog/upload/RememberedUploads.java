package io.orlop.catalog.upload;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.catalog.RepositoryRef;
import io.orlop.identity.Principal;
import io.orlop.platform.metrics.CacheMeters;
import io.orlop.platform.persistence.SoleWriter;
import io.orlop.storage.StagedUpload;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Open uploads as this process has written them down, while it is the {@link SoleWriter}: nobody
 * else can have gone on with them then, so that nobody needs to ask the database where they stand.
 *
 * <p>Only what this process wrote is remembered, never what it read: a row that was read may have
 * moved on before it is remembered.
 */
@ApplicationScoped
class RememberedUploads {
  /** Some 8,000 ordinary uploads. */
  private static final long KEPT_BYTES = 4 << 20;

  /** What one takes besides what its store says of it. */
  private static final int OVERHEAD_BYTES = 500;

  private final SoleWriter writer;
  private final Cache<UUID, Entry> kept =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_BYTES)
          .<UUID, Entry>weigher(
              (_, entry) -> OVERHEAD_BYTES + entry.upload().driverState().length())
          .executor(Runnable::run)
          .recordStats()
          .build();

  RememberedUploads(SoleWriter writer, CacheMeters meters) {
    this.writer = writer;
    meters.watch("uploads", kept);
    writer.follow(kept::invalidateAll);
  }

  /** An upload and whose it is. */
  private record Entry(StagedUpload upload, RepositoryRef repository, String principal) {}

  /** Remembers an upload whose row has just been added. */
  void begun(StagedUpload upload, RepositoryRef repository, Principal principal) {
    if (writer.isHeld()) {
      kept.put(upload.id(), new Entry(upload, repository, principal.key()));
    }
  }

  /** Remembers where an upload stands, if it is remembered. */
  void advanced(StagedUpload upload) {
    kept.asMap()
        .computeIfPresent(
            upload.id(), (_, before) -> new Entry(upload, before.repository, before.principal));
  }

  /** Finds an upload, if it is this caller's and to this repository; the database knows others. */
  Optional<StagedUpload> find(UUID id, RepositoryRef repository, Principal principal) {
    return Optional.ofNullable(kept.getIfPresent(id))
        .filter(
            entry -> entry.repository.equals(repository) && entry.principal.equals(principal.key()))
        .filter(_ -> writer.isHeld())
        .map(Entry::upload);
  }

  /** Has the database asked for an upload from now on. */
  void forget(UUID id) {
    kept.invalidate(id);
  }
}
