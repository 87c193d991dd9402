package io.orlop.catalog.artifact;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/**
 * Keeps the mark of artifacts that stand in the list of their repository, and with it the
 * repository's counter. An artifact is listed if it is no accessory, and has a tag or is no child
 * of an index.
 *
 * <p>The rule spans rows that many change at once, without waiting for each other. So everybody
 * looks again <em>after</em> the own change is committed: of two changes whoever was last sees
 * both. Whoever adds a tag marks the artifact in the same statement, under its row's lock; whoever
 * changes what indexes name corrects under a lock of the repository.
 */
@ApplicationScoped
class ListedArtifacts {
  private final Database database;

  ListedArtifacts(Database database) {
    this.database = database;
  }

  /** Looks at artifacts that lost a tag or came without one, and corrects those that are wrong. */
  void check(long repositoryId, Collection<Long> artifacts) {
    if (!artifacts.isEmpty() && isAnyWrong(artifacts)) {
      correct(repositoryId, List.copyOf(artifacts));
    }
  }

  /** Corrects the children of an index that was just written. */
  void checkChildren(long repositoryId, long index) {
    correct(
        repositoryId,
        database.list(
            """
            SELECT a.id FROM artifact_child c
              JOIN artifact a ON a.repository_id = c.repository_id AND a.digest = c.child_digest
             WHERE c.parent_id = ?
            """,
            row -> row.getLong(1),
            index));
  }

  private boolean isAnyWrong(Collection<Long> artifacts) {
    return database.exists(
        """
        SELECT FROM artifact a WHERE a.id = ANY (?)
           AND a.listed <> artifact_is_listed(a.repository_id, a.id, a.digest, a.accessory_of)
        """,
        ids(artifacts));
  }

  /** Corrects artifacts: no others of the repository are corrected meanwhile. */
  void correct(long repositoryId, List<Long> artifacts) {
    if (!artifacts.isEmpty()) {
      database.firstDurably(
          "SELECT artifacts_relist(?, ?) AS lazily", _ -> true, repositoryId, ids(artifacts));
    }
  }

  static long[] ids(Collection<Long> artifacts) {
    return artifacts.stream().mapToLong(Long::longValue).toArray();
  }
}
