package io.orlop.catalog.blob;

import io.orlop.oci.Digest;
import io.orlop.platform.persistence.Database;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Links blobs to repositories. All methods belong inside a transaction.
 *
 * <p>Garbage collection condemns a blob's row under {@code FOR UPDATE}. Linking takes {@code FOR
 * KEY SHARE} on the row and checks again that it is not condemned once it has the lock, so that a
 * link never points to bytes that are being deleted.
 */
@ApplicationScoped
public class BlobLinks {
  private static final String LINK =
      """
      INSERT INTO repository_blob (repository_id, blob_id)
      SELECT ?, id FROM live
      ON CONFLICT (repository_id, blob_id) DO UPDATE SET touched_at = now()
      RETURNING blob_id
      """;

  private final Database database;

  BlobLinks(Database database) {
    this.database = database;
  }

  /** Tells whether the store has a blob. */
  public boolean isLive(Digest digest) {
    return database.exists(
        "SELECT FROM blob WHERE digest = ? AND condemned_at IS NULL", digest.toString());
  }

  /**
   * Links a blob that is in the store already.
   *
   * @return the blob's id; empty if there is no such blob, or it is condemned
   */
  public Optional<Long> linkLive(long repositoryId, Digest digest) {
    return database.first(
        """
        WITH live AS
          (SELECT id FROM blob WHERE digest = ? AND condemned_at IS NULL FOR KEY SHARE)
        """
            + LINK,
        row -> row.getLong(1),
        digest.toString(),
        repositoryId);
  }

  /** Links a blob by its row. */
  public Optional<Long> linkLive(long repositoryId, long blobId) {
    return database.first(
        """
        WITH live AS
          (SELECT id FROM blob WHERE id = ? AND condemned_at IS NULL FOR KEY SHARE)
        """
            + LINK,
        row -> row.getLong(1),
        blobId,
        repositoryId);
  }

  /** Tells whether an earlier attempt, whose answer was lost, has recorded these bytes. */
  private boolean isRecorded(StorageKey key) {
    return database.exists("SELECT FROM blob WHERE storage_key = ?", key.value());
  }

  /**
   * Records bytes that were just stored, and links them. If somebody stored the same blob
   * meanwhile, that one is linked instead.
   *
   * @return whether the row is ours; otherwise the bytes under the key are nobody's
   */
  public boolean recordAndLink(long repositoryId, Digest digest, long size, StorageKey key) {
    while (true) {
      Optional<Long> inserted =
          database.first(
              """
              INSERT INTO blob (digest, size, storage_key) VALUES (?, ?, ?)
              ON CONFLICT (digest) WHERE condemned_at IS NULL DO NOTHING
              RETURNING id
              """,
              row -> row.getLong(1),
              digest.toString(),
              size,
              key.value());
      Optional<Long> linked =
          inserted.isPresent()
              ? linkLive(repositoryId, inserted.get())
              : linkLive(repositoryId, digest);
      if (linked.isPresent()) {
        return inserted.isPresent() || isRecorded(key);
      }
      // The other's row was condemned between the two statements: now there is room for ours.
    }
  }
}
