package io.orlop.catalog.artifact;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
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
  /** Whether the artifact {@code a} is to be listed. */
  private static final String RULE =
      """
      (a.accessory_of IS NULL
        AND (EXISTS (SELECT FROM tag t WHERE t.artifact_id = a.id)
             OR NOT EXISTS (SELECT FROM artifact_child c
                             WHERE c.repository_id = a.repository_id
                               AND c.child_digest = a.digest)))
      """;

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
        "SELECT FROM artifact a WHERE a.id = ANY (?) AND a.listed <> " + RULE, ids(artifacts));
  }

  /** Corrects artifacts: no others of the repository are corrected meanwhile. */
  @Transactional
  void correct(long repositoryId, List<Long> artifacts) {
    if (artifacts.isEmpty()) {
      return;
    }
    database.list("SELECT FROM repository WHERE id = ? FOR KEY SHARE", _ -> true, repositoryId);
    database.list(
        "SELECT pg_advisory_xact_lock(hashtextextended('listed-artifacts', ?))",
        _ -> true,
        repositoryId);
    database.list(
        "SELECT FROM artifact WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE",
        _ -> true,
        ids(artifacts));
    // A statement of its own: it sees what was committed before the locks.
    database.update(
        """
        WITH corrected AS
          (UPDATE artifact a SET listed = NOT a.listed
            WHERE a.id = ANY (?) AND a.listed <> %s RETURNING a.repository_id, a.listed)
        INSERT INTO repository_delta (repository_id, artifacts)
        SELECT repository_id, sum(CASE WHEN listed THEN 1 ELSE -1 END)
          FROM corrected GROUP BY repository_id
        """
            .formatted(RULE),
        ids(artifacts));
  }

  static long[] ids(Collection<Long> artifacts) {
    return artifacts.stream().mapToLong(Long::longValue).toArray();
  }
}
