package io.orlop.catalog.blob;

import io.orlop.catalog.ContentChanges;
import io.orlop.oci.Digest;
import io.orlop.platform.persistence.Database;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Marks blobs whose bytes are damaged. A mark is about the bytes under one key: it never hits a
 * blob that a push has healed, or that was condemned, since somebody looked.
 */
@ApplicationScoped
public class DamagedBlobs {
  private static final Logger LOG = Logger.getLogger(DamagedBlobs.class);

  private final Database database;
  private final ContentChanges changes;

  DamagedBlobs(Database database, ContentChanges changes) {
    this.changes = changes;
    this.database = database;
  }

  /** Returns how many blobs are damaged now. */
  public long damagedBlobs() {
    return database.one(
        "SELECT count(*) FROM blob WHERE damaged_at IS NOT NULL", row -> row.getLong(1));
  }

  /**
   * Marks a blob, and says so in the log unless it is known.
   *
   * @return whether the bytes under this key are marked now; false if the blob got others meanwhile
   */
  public boolean mark(Digest digest, StorageKey key, Damage damage) {
    int marked =
        changes.changingAnywhere(() ->
            database.update(
                """
                UPDATE blob SET damaged_at = now(), damage = ?, checked_at = now()
                 WHERE storage_key = ? AND condemned_at IS NULL AND damaged_at IS NULL
                """,
                damage.wireName(),
                key.value()));
    if (marked == 1) {
      LOG.errorf(
          "Blob %s is damaged: %s (key %s). Pushing it again heals it.",
          digest, damage.words(), key);
    }
    return marked == 1 || isMarked(key);
  }

  private boolean isMarked(StorageKey key) {
    return database.exists(
        "SELECT FROM blob WHERE storage_key = ? AND damaged_at IS NOT NULL", key.value());
  }

  /** Takes the mark away from a blob whose bytes are as they should be after all. */
  public void clear(Digest digest, StorageKey key) {
    int cleared =
        changes.changingAnywhere(() ->
            database.update(
                """
                UPDATE blob SET damaged_at = NULL, damage = NULL, checked_at = now()
                 WHERE storage_key = ? AND condemned_at IS NULL AND damaged_at IS NOT NULL
                """,
                key.value()));
    if (cleared == 1) {
      LOG.infof("Blob %s is as it should be again (key %s).", digest, key);
    }
  }
}
