package io.orlop.catalog.artifact;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Puts labels on artifacts and takes them off. */
@ApplicationScoped
public class ArtifactLabels {
  private final Database database;

  ArtifactLabels(Database database) {
    this.database = database;
  }

  /**
   * Requires that a label may be used in a project: everybody's label, or one of the project's own.
   *
   * @throws RegistryException NOT_FOUND
   */
  public void requireUsable(long labelId, long projectId) {
    Optional<Long> owner =
        database.first(
            "SELECT coalesce(project_id, 0) FROM label WHERE id = ?",
            row -> row.getLong(1),
            labelId);
    if (owner.isEmpty()) {
      throw ErrorCode.NOT_FOUND.exception("label " + labelId + " not found");
    }
    if (owner.get() != 0 && owner.get() != projectId) {
      throw ErrorCode.NOT_FOUND.exception(
          "project id " + projectId + ", label " + labelId + " not found");
    }
  }

  /**
   * Puts a label on an artifact.
   *
   * @throws RegistryException CONFLICT if it is there, NOT_FOUND if one of both is gone
   */
  public void add(long artifactId, long labelId) {
    try {
      database.update(
          "INSERT INTO artifact_label (artifact_id, label_id) VALUES (?, ?)", artifactId, labelId);
    } catch (DatabaseException e) {
      throw switch (e.kind()) {
        case UNIQUE_VIOLATION ->
            ErrorCode.CONFLICT.exception(
                "label " + labelId + " is already added to the artifact " + artifactId);
        case FOREIGN_KEY_VIOLATION -> absent(artifactId, labelId);
        case UNAVAILABLE, CONFLICT, INVALID_TEXT, OTHER -> e;
      };
    }
  }

  /**
   * Takes a label off an artifact.
   *
   * @throws RegistryException NOT_FOUND if it is not there
   */
  public void remove(long artifactId, long labelId) {
    int removed =
        database.update(
            "DELETE FROM artifact_label WHERE artifact_id = ? AND label_id = ?",
            artifactId,
            labelId);
    if (removed == 0) {
      throw absent(artifactId, labelId);
    }
  }

  private static RegistryException absent(long artifactId, long labelId) {
    return ErrorCode.NOT_FOUND.exception(
        "reference with label " + labelId + " and artifact " + artifactId + " not found");
  }
}
