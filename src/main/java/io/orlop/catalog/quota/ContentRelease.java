package io.orlop.catalog.quota;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Stops counting what projects no longer use. Whatever deletes an artifact, a link or a repository
 * leaves word of what it named; here each of these is looked at. Until somebody asks how much a
 * project holds, nobody needs to.
 *
 * <p>Pushes into a project wait while it is looked at. So only some are looked at by each
 * transaction, and this belongs outside of any other.
 */
@ApplicationScoped
class ContentRelease {
  /** So many are looked at in a few milliseconds. */
  private static final int BATCH = 200;

  private final Database database;

  ContentRelease(Database database) {
    this.database = database;
  }

  /** Looks at everything that there is word of. */
  void all() {
    database
        .list("SELECT DISTINCT project_id FROM content_check", row -> row.getLong(1))
        .forEach(this::ofProject);
  }

  /**
   * Looks at what there is word of in one project. What comes in meanwhile is left to whoever asks
   * next, so that this comes to an end.
   */
  void ofProject(long projectId) {
    database
        .first(
            "SELECT id FROM content_check WHERE project_id = ? ORDER BY id DESC LIMIT 1",
            row -> row.getLong(1),
            projectId)
        .ifPresent(last -> release(projectId, last));
  }

  private void release(long projectId, long last) {
    Optional<Long> next = Optional.of(0L);
    while (next.isPresent()) {
      next =
          database.one(
              "SELECT content_release(?, ?, ?, ?)",
              row -> Optional.ofNullable(row.getObject(1, Long.class)),
              projectId,
              next.get(),
              last,
              BATCH);
    }
  }
}
