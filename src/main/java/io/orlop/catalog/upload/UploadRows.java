package io.orlop.catalog.upload;

import static io.orlop.platform.persistence.Database.LAZY_COMMIT;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.identity.Principal;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import io.orlop.storage.StagedUpload;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of uploads. They commit without waiting for the disk: a power cut may take an upload
 * back to an earlier offset, which its client learns when it asks.
 */
@ApplicationScoped
class UploadRows {
  private final Database database;

  UploadRows(Database database) {
    this.database = database;
  }

  /**
   * Whose an upload is, and where to.
   *
   * @param principal the key of whoever has begun it
   */
  record Owner(RepositoryRef repository, String principal) {
    static Owner of(RepositoryRef repository, Principal principal) {
      return new Owner(repository, principal.key());
    }
  }

  /**
   * Adds an upload that is new, where it stands by now. A row that was added by an attempt whose
   * answer was lost is taken for it.
   *
   * @return false if its row has moved on already
   */
  boolean add(StagedUpload upload, Owner owner) {
    try {
      return database.update(
              LAZY_COMMIT
                  + """
                  INSERT INTO upload_session AS s
                    (id, project_id, repository, principal, committed_offset, sha256, sha512,
                      driver_state)
                  SELECT ?, ?, ?, ?, ?, ?, ?, ? FROM lazy
                  ON CONFLICT (id) DO UPDATE
                     SET committed_offset = EXCLUDED.committed_offset, sha256 = EXCLUDED.sha256,
                         sha512 = EXCLUDED.sha512, driver_state = EXCLUDED.driver_state,
                         updated_at = now()
                   WHERE s.committed_offset = 0
                  """,
              upload.id(),
              owner.repository.projectId(),
              owner.repository.name().value(),
              owner.principal,
              upload.offset(),
              text(upload, DigestAlgorithm.SHA256),
              text(upload, DigestAlgorithm.SHA512),
              upload.driverState())
          == 1;
    } catch (DatabaseException e) {
      if (e.kind() == DatabaseException.Kind.FOREIGN_KEY_VIOLATION) {
        throw Repositories.unknown(owner.repository.name());
      }
      throw e;
    }
  }

  Optional<StagedUpload> find(UUID id, Owner owner) {
    return database.first(
        """
        SELECT id, committed_offset, sha256, sha512, driver_state FROM upload_session
         WHERE id = ? AND project_id = ? AND repository = ? AND principal = ?
        """,
        UploadRows::upload,
        id,
        owner.repository.projectId(),
        owner.repository.name().value(),
        owner.principal);
  }

  /**
   * An upload, and whether the store has a blob already that it may become.
   *
   * @param known false where nobody looked
   */
  record Closing(StagedUpload upload, boolean known) {}

  /** Finds an upload as {@link #find}, and looks for the blob that it is to become. */
  Optional<Closing> findToClose(UUID id, Owner owner, Digest digest) {
    return database.first(
        """
        SELECT id, committed_offset, sha256, sha512, driver_state,
               EXISTS (SELECT FROM blob WHERE digest = ? AND condemned_at IS NULL
                          AND damaged_at IS NULL) AS known
          FROM upload_session
         WHERE id = ? AND project_id = ? AND repository = ? AND principal = ?
        """,
        row -> new Closing(upload(row), row.getBoolean("known")),
        digest.toString(),
        id,
        owner.repository.projectId(),
        owner.repository.name().value(),
        owner.principal);
  }

  /** Moves an upload on; false if another request did so meanwhile. */
  boolean advance(long from, StagedUpload to) {
    return database.update(
            LAZY_COMMIT
                + """
                UPDATE upload_session
                   SET committed_offset = ?, sha256 = ?, sha512 = ?, driver_state = ?,
                       updated_at = now()
                  FROM lazy
                 WHERE id = ? AND committed_offset = ?
                """,
            to.offset(),
            text(to, DigestAlgorithm.SHA256),
            text(to, DigestAlgorithm.SHA512),
            to.driverState(),
            to.id(),
            from)
        == 1;
  }

  boolean delete(UUID id) {
    return database.update(LAZY_COMMIT + "DELETE FROM upload_session USING lazy WHERE id = ?", id)
        == 1;
  }

  /** Deletes an upload if it stood still; false if it has moved on, or is gone. */
  boolean deleteIdle(UUID id, Instant since) {
    return database.update(
            LAZY_COMMIT + "DELETE FROM upload_session USING lazy WHERE id = ? AND updated_at < ?",
            id,
            since)
        == 1;
  }

  /** What was written while a clock was ahead would else seem busy until that time comes. */
  int bringBackFromTheFuture() {
    return database.update(
        LAZY_COMMIT
            + """
            UPDATE upload_session SET updated_at = now() FROM lazy
             WHERE updated_at > now() + interval '1 minute'
            """);
  }

  List<UUID> idleSince(Instant instant, int limit) {
    return database.list(
        "SELECT id FROM upload_session WHERE updated_at < ? ORDER BY updated_at LIMIT ?",
        row -> row.getObject(1, UUID.class),
        instant,
        limit);
  }

  long count() {
    return database.one("SELECT count(*) FROM upload_session", row -> row.getLong(1));
  }

  boolean exists(UUID id) {
    return database.exists("SELECT FROM upload_session WHERE id = ?", id);
  }

  private static StagedUpload upload(ResultSet row) throws SQLException {
    Map<DigestAlgorithm, Digest> digests = new EnumMap<>(DigestAlgorithm.class);
    digests.put(DigestAlgorithm.SHA256, Digest.parse(row.getString("sha256")));
    String sha512 = row.getString("sha512");
    if (sha512 != null) {
      digests.put(DigestAlgorithm.SHA512, Digest.parse(sha512));
    }
    return new StagedUpload(
        row.getObject("id", UUID.class),
        row.getLong("committed_offset"),
        digests,
        row.getString("driver_state"));
  }

  private static @Nullable String text(StagedUpload upload, DigestAlgorithm algorithm) {
    Digest digest = upload.digests().get(algorithm);
    return digest == null ? null : digest.toString();
  }
}
