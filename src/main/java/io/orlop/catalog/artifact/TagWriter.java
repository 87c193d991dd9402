package io.orlop.catalog.artifact;

import io.orlop.catalog.ContentChanges;
import io.orlop.oci.TagName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Adds and removes tags of manifests that are here. */
@ApplicationScoped
public class TagWriter {
  private final Database database;
  private final ListedArtifacts listed;
  private final ContentChanges changes;

  TagWriter(Database database, ListedArtifacts listed, ContentChanges changes) {
    this.changes = changes;
    this.database = database;
    this.listed = listed;
  }

  /**
   * Adds a tag, which never moves one.
   *
   * @throws io.orlop.platform.error.RegistryException CONFLICT if the repository has the tag,
   *     NOT_FOUND if the artifact is gone
   */
  public void create(long artifactId, TagName tag) {
    try {
      if (insert(artifactId, tag) == 0) {
        throw ErrorCode.NOT_FOUND.exception("artifact " + artifactId + " not found");
      }
    } catch (DatabaseException e) {
      throw e.violates("tag_pkey")
          ? ErrorCode.CONFLICT.exception("tag " + tag + " already exists under the repository")
          : e;
    }
  }

  /** The artifact's row is locked first: whoever corrects its mark sees the tag, or waits. */
  private int insert(long artifactId, TagName tag) {
    return database
        .firstDurably(
            """
            WITH artifact_here AS MATERIALIZED
                   (SELECT a.id, a.repository_id, a.listed, a.accessory_of,
                           commit_lazily() AS lazily
                      FROM artifact a
                      JOIN repository r ON r.id = a.repository_id
                     WHERE a.id = ? FOR KEY SHARE OF r FOR NO KEY UPDATE OF a),
                 made AS
                   (INSERT INTO tag (repository_id, name, artifact_id)
                    SELECT repository_id, ?, id FROM artifact_here RETURNING artifact_id),
                 shown AS
                   (UPDATE artifact a SET listed = true FROM artifact_here h
                     WHERE a.id = h.id AND NOT h.listed AND h.accessory_of IS NULL
                    RETURNING a.repository_id),
                 counted AS
                   (INSERT INTO repository_delta (repository_id, artifacts)
                    SELECT repository_id, 1 FROM shown)
            SELECT count(*) AS made, (SELECT lazily FROM artifact_here) AS lazily FROM made
            """,
            row -> row.getInt("made"),
            artifactId,
            tag.value())
        .orElse(0);
  }

  /** Removes a tag; the manifest stays. */
  public boolean delete(long repositoryId, TagName tag) {
    return removed(
        repositoryId,
        changes.changing(
            repositoryId,
            () ->
                database.firstDurably(
                    """
                    DELETE FROM tag WHERE repository_id = ? AND name = ?
                    RETURNING artifact_id, commit_lazily() AS lazily
                    """,
                    row -> row.getLong(1),
                    repositoryId,
                    tag.value())));
  }

  /** Removes a tag, if it points to this artifact. */
  public boolean delete(long repositoryId, long artifactId, TagName tag) {
    return removed(
        repositoryId,
        changes.changing(
            repositoryId,
            () ->
                database.firstDurably(
                    """
                    DELETE FROM tag WHERE repository_id = ? AND name = ? AND artifact_id = ?
                    RETURNING artifact_id, commit_lazily() AS lazily
                    """,
                    row -> row.getLong(1),
                    repositoryId,
                    tag.value(),
                    artifactId)));
  }

  private boolean removed(long repositoryId, Optional<Long> artifact) {
    artifact.ifPresent(id -> listed.check(repositoryId, List.of(id)));
    return artifact.isPresent();
  }
}
