package io.orlop.catalog.upload;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.catalog.upload.UploadRows.Owner;
import io.orlop.platform.event.DomainEvent.ProjectDeleted;
import io.orlop.platform.event.EventListener;
import io.orlop.platform.event.Occurrence;
import io.orlop.platform.metrics.CacheMeters;
import io.orlop.platform.persistence.SoleWriter;
import io.orlop.storage.StagedUpload;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Open uploads as this process has written them down, while it is the {@link SoleWriter}, so that
 * nobody needs to ask the database where they stand. A process with a database of its own is the
 * only one that serves from it, and so the only one that goes on with its uploads; whoever changes
 * their rows by SQL has the next chunk refused, since it moves a row on only from where it was.
 *
 * <p>Only what this process wrote is remembered, never what it read: a row that was read may have
 * moved on before it is remembered.
 */
@ApplicationScoped
class RememberedUploads implements EventListener {
  /** Some 5,000 ordinary uploads. */
  private static final long KEPT_BYTES = 4 << 20;

  /** What one takes besides what its store says of it. */
  private static final int OVERHEAD_BYTES = 800;

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
  private record Entry(StagedUpload upload, Owner owner) {}

  /** Remembers an upload whose row has just been added. */
  void wrote(StagedUpload upload, Owner owner) {
    if (writer.isHeld()) {
      kept.put(upload.id(), new Entry(upload, owner));
    }
  }

  /** Remembers where an upload stands, if it is remembered. */
  void advanced(StagedUpload upload) {
    kept.asMap().computeIfPresent(upload.id(), (_, before) -> new Entry(upload, before.owner));
  }

  /** Finds an upload, if it is this caller's and to this repository; the database knows others. */
  Optional<StagedUpload> find(UUID id, Owner owner) {
    return Optional.ofNullable(kept.getIfPresent(id))
        .filter(entry -> entry.owner.equals(owner))
        .filter(_ -> writer.isHeld())
        .map(Entry::upload);
  }

  /** The rows of a project's uploads go with the project. */
  @Override
  public void happened(Occurrence occurrence) {
    if (occurrence.event() instanceof ProjectDeleted deleted) {
      kept.asMap()
          .values()
          .removeIf(entry -> entry.owner.repository().projectId() == deleted.projectId());
    }
  }

  /** Has the database asked for an upload from now on. */
  void forget(UUID id) {
    kept.invalidate(id);
  }
}
