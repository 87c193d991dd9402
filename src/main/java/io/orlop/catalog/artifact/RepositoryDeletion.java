package io.orlop.catalog.artifact;

import io.orlop.catalog.ContentChanges;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Deletes repositories with all that is in them, in small transactions: one that breaks off leaves
 * a smaller repository, and is asked for again.
 */
@ApplicationScoped
public class RepositoryDeletion {
  private static final int BATCH = 500;

  /** How often a push may come in between. */
  private static final int ATTEMPTS = 5;

  private final Database database;
  private final ArtifactDeletion artifacts;
  private final ContentChanges changes;

  RepositoryDeletion(Database database, ArtifactDeletion artifacts, ContentChanges changes) {
    this.changes = changes;
    this.database = database;
    this.artifacts = artifacts;
  }

  /** Deletes a repository; false if it is gone already. */
  public boolean delete(long repositoryId) {
    for (int attempt = 1; ; attempt++) {
      while (artifacts.deleteSome(repositoryId, BATCH) > 0) {
        // The next ones.
      }
      try {
        return changes.changing(
                repositoryId,
                () -> database.update("DELETE FROM repository WHERE id = ?", repositoryId))
            == 1;
      } catch (DatabaseException e) {
        // A manifest that was pushed since holds its blobs' links.
        if (attempt == ATTEMPTS || e.kind() != DatabaseException.Kind.FOREIGN_KEY_VIOLATION) {
          throw e;
        }
      }
    }
  }
}
