package io.orlop.catalog.blob;

import io.orlop.platform.persistence.Database;
import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Frees blobs that nobody needs, in two steps: {@link #condemn} takes them away from everybody in a
 * short transaction, {@link #reclaim} deletes their bytes and then their rows. A crash anywhere
 * leaves condemned rows, which the next call finishes. Any number of replicas may do both at once.
 *
 * <p>Why no push loses: every link takes {@code FOR KEY SHARE} on its blob's row, every manifest on
 * the links that it names, and both look again once they have the lock. Here the rows are locked
 * {@code FOR UPDATE} by one statement, and judged by the next one, which sees all that was
 * committed before the lock. Nothing ever leads from a condemned row back to a live one.
 */
@ApplicationScoped
public class BlobReclamation {
  private static final Logger LOG = Logger.getLogger(BlobReclamation.class);

  private final Database database;
  private final CollectionHolds holds;
  private final BlobStore store;

  BlobReclamation(Database database, CollectionHolds holds, BlobStore store) {
    this.database = database;
    this.holds = holds;
    this.store = store;
  }

  /**
   * Removes links that no manifest names and that nobody touched for the grace period, and condemns
   * blobs without a link. Rows that somebody works with are left for the next time.
   *
   * @param batch how many links, and how many blobs, at most
   * @param grace how long a promise counts
   * @return how many links were removed and blobs condemned; call again until it is zero
   */
  @Transactional
  public int condemn(int batch, Duration grace) {
    return removeStaleLinks(batch, grace) + condemnUnlinked(batch);
  }

  /**
   * Deletes the bytes of condemned blobs, then their rows. Does nothing while somebody holds
   * collection.
   *
   * @param batch how many blobs at most
   * @param rest how long blobs have been condemned at least, so that reads which began before can
   *     end
   * @return how many blobs are gone
   */
  public int reclaim(int batch, Duration rest) {
    holds.dropLapsed();
    int reclaimed = 0;
    for (Condemned blob : condemned(batch, rest)) {
      if (holds.areLive()) {
        break;
      }
      reclaimed += reclaim(blob.id(), blob.key()) ? 1 : 0;
    }
    return reclaimed;
  }

  /** Deletes the bytes of a condemned blob at once, unless somebody holds collection. */
  public void reclaim(StorageKey key) {
    database
        .first(
            "SELECT id FROM blob WHERE storage_key = ? AND condemned_at IS NOT NULL",
            row -> row.getLong(1),
            key.value())
        .filter(_ -> !holds.areLive())
        .ifPresent(id -> {
          boolean _ = reclaim(id, key);
        });
  }

  /** A key is never used again: whatever happened since the row was read, these bytes may go. */
  private boolean reclaim(long id, StorageKey key) {
    try {
      store.delete(key);
    } catch (StorageException e) {
      LOG.warnf(e, "Condemned bytes cannot be deleted yet: %s", key);
      return false;
    }
    return database.update("DELETE FROM blob WHERE id = ? AND condemned_at IS NOT NULL", id) == 1;
  }

  private record Condemned(long id, StorageKey key) {}

  private List<Condemned> condemned(int batch, Duration rest) {
    return database.list(
        """
        SELECT id, storage_key FROM blob
         WHERE condemned_at <= now() - make_interval(secs => ?)
         ORDER BY condemned_at LIMIT ?
        """,
        row -> new Condemned(row.getLong(1), new StorageKey(row.getString(2))),
        (double) rest.toSeconds(),
        batch);
  }

  private int removeStaleLinks(int batch, Duration grace) {
    List<Link> stale =
        database.list(
            """
            SELECT l.repository_id, l.blob_id FROM repository_blob l
             WHERE l.touched_at <= now() - make_interval(secs => ?)
               AND NOT EXISTS (SELECT FROM artifact_blob a
                     WHERE a.repository_id = l.repository_id AND a.blob_id = l.blob_id)
             LIMIT ? FOR UPDATE SKIP LOCKED
            """,
            row -> new Link(row.getString(1), row.getString(2)),
            Grace.collectedAfter(grace),
            batch);
    if (stale.isEmpty()) {
      return 0;
    }
    return database.update(
        """
        DELETE FROM repository_blob l
         USING unnest(?::bigint[], ?::bigint[]) AS stale (repository_id, blob_id)
         WHERE l.repository_id = stale.repository_id AND l.blob_id = stale.blob_id
           AND NOT EXISTS (SELECT FROM artifact_blob a
                 WHERE a.repository_id = l.repository_id AND a.blob_id = l.blob_id)
        """,
        stale.stream().map(Link::repositoryId).toList(),
        stale.stream().map(Link::blobId).toList());
  }

  private record Link(String repositoryId, String blobId) {}

  private int condemnUnlinked(int batch) {
    List<String> unlinked =
        database.list(
            """
            SELECT b.id FROM blob b
             WHERE b.condemned_at IS NULL
               AND NOT EXISTS (SELECT FROM repository_blob l WHERE l.blob_id = b.id)
             LIMIT ? FOR UPDATE SKIP LOCKED
            """,
            row -> row.getString(1),
            batch);
    if (unlinked.isEmpty()) {
      return 0;
    }
    return database.update(
        """
        UPDATE blob b SET condemned_at = now(), damaged_at = NULL, damage = NULL
         WHERE b.id = ANY (?::bigint[])
           AND NOT EXISTS (SELECT FROM repository_blob l WHERE l.blob_id = b.id)
        """,
        unlinked);
  }
}
