package io.orlop.catalog.scrub;

import io.orlop.catalog.blob.BlobInfo;
import io.orlop.oci.Digest;
import io.orlop.platform.persistence.Database;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to be read next. When a blob was last read is in its row, and that is the scrub's place
 * in the store: it outlives restarts and moves to other replicas.
 */
@ApplicationScoped
class ScrubQueue {
  private static final Duration DAMAGED_EVERY = Duration.ofDays(1);
  private static final String NEXT =
      """
      (SELECT digest, size, storage_key FROM blob
        WHERE damaged_at IS NOT NULL AND checked_at <= now() - make_interval(secs => ?)
        ORDER BY checked_at, id LIMIT 1)
      UNION ALL
      (SELECT digest, size, storage_key FROM blob
        WHERE condemned_at IS NULL AND damaged_at IS NULL AND checked_at > '-infinity'
          AND checked_at <= now() - make_interval(secs => ?)
        ORDER BY checked_at, id LIMIT 1)
      LIMIT 1
      """;

  private final Database database;

  ScrubQueue(Database database) {
    this.database = database;
  }

  /** Finds the blob that was read longest ago, if that is longer ago than the interval. */
  Optional<BlobInfo> next(Duration interval) {
    Duration damagedEvery = interval.compareTo(DAMAGED_EVERY) < 0 ? interval : DAMAGED_EVERY;
    return database.first(
        NEXT,
        row ->
            new BlobInfo(
                Digest.parse(row.getString(1)), row.getLong(2), new StorageKey(row.getString(3))),
        damagedEvery.toMillis() / 1000.0,
        interval.toMillis() / 1000.0);
  }

  /** Records that a blob was read. */
  void checked(BlobInfo blob) {
    database.update(
        Database.LAZY_COMMIT + "UPDATE blob SET checked_at = now() FROM lazy WHERE storage_key = ?",
        blob.key().value());
  }
}
