package io.orlop.catalog.blob;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.oci.Digest;
import io.orlop.platform.persistence.Database;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Links blobs to repositories, by statements that are transactions of their own; only {@link
 * #recordAndLink} belongs inside one.
 *
 * <p>Garbage collection condemns a blob's row under {@code FOR UPDATE}. Linking takes {@code FOR
 * KEY SHARE} on the row and checks again that it is not condemned once it has the lock, so that a
 * link never points to bytes that are being deleted. A damaged blob cannot be linked either: it is
 * as good as absent until somebody brings its bytes again.
 */
@ApplicationScoped
public class BlobLinks {
  /**
   * Counts what is {@code live} for the project, once, whichever repositories it is linked to. The
   * lock on the project, which pushes share, keeps off whoever looks for what no longer counts.
   */
  private static final String COUNT =
      """
      , home AS MATERIALIZED
          (SELECT project_id,
                  pg_advisory_xact_lock_shared(1181, (project_id & 2147483647)::integer)
             FROM repository WHERE id = ?),
        content AS
          (INSERT INTO project_content (project_id, digest, size)
           SELECT home.project_id, live.digest, live.size FROM home, live
           ON CONFLICT (project_id, digest) DO NOTHING)
      """;

  private static final String LINK =
      """
      INSERT INTO repository_blob (repository_id, blob_id)
      SELECT ?, id FROM live
      ON CONFLICT (repository_id, blob_id) DO UPDATE SET touched_at = now()
      RETURNING blob_id
      """;

  /**
   * Links a blob that has a row. Many may link the same one, or be charged for it, at the same
   * moment: so nobody keeps a lock until the disk has the commit.
   */
  private static final String LINK_LAZILY =
      """
      WITH home AS MATERIALIZED
             (SELECT id, project_id,
                     pg_advisory_xact_lock_shared(1181, (project_id & 2147483647)::integer),
                     commit_lazily() AS lazily
                FROM repository WHERE project_id = ? AND name = ? FOR KEY SHARE),
           live AS MATERIALIZED
             (SELECT id, digest, size FROM blob
               WHERE %s = ? AND condemned_at IS NULL AND damaged_at IS NULL FOR KEY SHARE),
           content AS
             (INSERT INTO project_content (project_id, digest, size)
              SELECT home.project_id, live.digest, live.size FROM home, live
              ON CONFLICT (project_id, digest) DO NOTHING),
           linked AS
             (INSERT INTO repository_blob (repository_id, blob_id)
              SELECT home.id, live.id FROM home, live
              ON CONFLICT (repository_id, blob_id) DO UPDATE SET touched_at = now()
              RETURNING blob_id)
      SELECT EXISTS (SELECT FROM home) AS there, EXISTS (SELECT FROM linked) AS linked,
             EXISTS (SELECT FROM linked) AND (SELECT lazily FROM home) AS lazily
      """;

  /** A repository may be taken away as soon as it is made. */
  private static final int ATTEMPTS = 3;

  private static final String LINK_BY_DIGEST = LINK_LAZILY.formatted("digest");
  private static final String LINK_BY_ID = LINK_LAZILY.formatted("id");

  /** The repository is locked first, so that it cannot be taken away meanwhile. */
  private static final String RECORD =
      """
      WITH home AS MATERIALIZED
             (SELECT id, project_id,
                     pg_advisory_xact_lock_shared(1181, (project_id & 2147483647)::integer),
                     quota_lazily(project_id) AS lazily
                FROM repository WHERE project_id = ? AND name = ? FOR KEY SHARE),
           fresh AS
             (INSERT INTO blob (digest, size, storage_key) SELECT ?, ?, ? FROM home
              ON CONFLICT (digest) WHERE condemned_at IS NULL DO NOTHING
              RETURNING id, digest, size),
           content AS
             (INSERT INTO project_content (project_id, digest, size)
              SELECT home.project_id, fresh.digest, fresh.size FROM home, fresh
              ON CONFLICT (project_id, digest) DO NOTHING),
           ended AS (DELETE FROM upload_session s USING fresh WHERE s.id = ?)
      INSERT INTO repository_blob (repository_id, blob_id)
      SELECT home.id, fresh.id FROM home, fresh
      RETURNING (SELECT lazily FROM home) AS lazily
      """;

  private final Database database;
  private final Repositories repositories;

  BlobLinks(Database database, Repositories repositories) {
    this.database = database;
    this.repositories = repositories;
  }

  /** Tells whether the store has a blob, undamaged. */
  public boolean isLive(Digest digest) {
    return database.exists(
        "SELECT FROM blob WHERE digest = ? AND condemned_at IS NULL AND damaged_at IS NULL",
        digest.toString());
  }

  /**
   * Links a blob that is in the store already, whoever pushed it. Makes the repository if there is
   * none.
   *
   * @return false if there is no such blob, or it is condemned or damaged
   */
  public boolean link(RepositoryRef repository, Digest digest) {
    return link(LINK_BY_DIGEST, repository, digest.toString());
  }

  /** Links a blob by its row, as {@link #link(RepositoryRef, Digest)}. */
  boolean link(RepositoryRef repository, long blobId) {
    return link(LINK_BY_ID, repository, blobId);
  }

  private boolean link(String statement, RepositoryRef repository, Object blob) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Link link =
          database
              .firstDurably(
                  statement,
                  row -> new Link(row.getBoolean("there"), row.getBoolean("linked")),
                  repository.projectId(),
                  repository.name().value(),
                  blob)
              .orElseThrow();
      if (link.there()) {
        return link.made();
      }
      boolean _ = repositories.prepare(repository); // Or somebody else does just now.
    }
    return false;
  }

  private record Link(boolean there, boolean made) {}

  private Optional<Long> linkLive(long repositoryId, Digest digest) {
    return database.first(
        """
        WITH live AS
          (SELECT id, digest, size FROM blob
            WHERE digest = ? AND condemned_at IS NULL AND damaged_at IS NULL FOR KEY SHARE)
        """
            + COUNT
            + LINK,
        row -> row.getLong(1),
        digest.toString(),
        repositoryId,
        repositoryId);
  }

  /**
   * Links the blobs that a manifest of another repository names, those that are live, without
   * waiting for the disk: whoever writes the manifest afterwards does.
   */
  public void linkBlobsOf(long artifactId, long repositoryId) {
    database.list(
        Database.LAZY_COMMIT
            + """
            , live AS MATERIALIZED
              (SELECT b.id FROM lazy, blob b JOIN artifact_blob n ON n.blob_id = b.id
                WHERE n.artifact_id = ? AND b.condemned_at IS NULL AND b.damaged_at IS NULL
                ORDER BY b.id FOR KEY SHARE OF b)
            """
            + LINK,
        _ -> true,
        artifactId,
        repositoryId);
  }

  /**
   * Tells whether bytes have a row: an earlier attempt, whose answer was lost, may have recorded
   * them.
   */
  public boolean isRecorded(StorageKey key) {
    return database.exists("SELECT FROM blob WHERE storage_key = ?", key.value());
  }

  /**
   * What became of bytes that were just stored.
   *
   * @param ours whether the row is ours; otherwise the bytes are nobody's
   * @param replaced where the damaged bytes are whose place they took; condemned
   */
  public record Recorded(boolean ours, Optional<StorageKey> replaced) {}

  /**
   * Records bytes that were just stored, and links them, by one statement that is a transaction of
   * its own: what nearly every push needs. Nobody sees the row without its link.
   *
   * @param upload by which they came; its row, if it has one, is deleted too
   * @return false if the blob has a row already, or the repository none: then nothing was done
   */
  public boolean recordFresh(RepositoryRef repository, long size, StorageKey key, UUID upload) {
    return database
        .firstDurably(
            RECORD,
            _ -> true,
            repository.projectId(),
            repository.name().value(),
            key.digest().toString(),
            size,
            key.value(),
            upload)
        .isPresent();
  }

  /**
   * Records bytes that were just stored, and links them. If the blob's row is damaged, it is healed
   * with them. If somebody stored the same blob meanwhile, that one is linked instead.
   */
  public Recorded recordAndLink(long repositoryId, Digest digest, long size, StorageKey key) {
    while (true) {
      boolean inserted = insert(digest, size, key);
      Optional<StorageKey> replaced = inserted ? Optional.empty() : heal(digest, size, key);
      if (linkLive(repositoryId, digest).isPresent()) {
        return new Recorded(inserted || isRecorded(key), replaced);
      }
      // The other's row was condemned or damaged between two statements: now there is room for
      // ours.
    }
  }

  private boolean insert(Digest digest, long size, StorageKey key) {
    return database.update(
            """
            INSERT INTO blob (digest, size, storage_key) VALUES (?, ?, ?)
            ON CONFLICT (digest) WHERE condemned_at IS NULL DO NOTHING
            """,
            digest.toString(),
            size,
            key.value())
        == 1;
  }

  /** Puts new bytes under a damaged row and all its links; the old ones get a condemned row. */
  private Optional<StorageKey> heal(Digest digest, long size, StorageKey key) {
    Optional<String> replaced =
        database.first(
            """
            WITH damaged AS
              (SELECT id, storage_key AS old_key FROM blob
                WHERE digest = ? AND condemned_at IS NULL AND damaged_at IS NOT NULL FOR UPDATE)
            UPDATE blob b
               SET storage_key = ?, size = ?, damaged_at = NULL, damage = NULL, checked_at = now()
              FROM damaged WHERE b.id = damaged.id
            RETURNING damaged.old_key
            """,
            row -> row.getString(1),
            digest.toString(),
            key.value(),
            size);
    replaced.ifPresent(old ->
        database.update(
            "INSERT INTO blob (digest, size, storage_key, condemned_at) VALUES (?, ?, ?, now())",
            digest.toString(),
            size,
            old));
    return replaced.map(StorageKey::new);
  }
}
