package io.orlop.catalog.quota;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Stops counting what projects no longer use. Whatever deletes an artifact, a link or a repository
 * leaves word of what it named; here each of these is looked at. Until somebody asks how much a
 * project holds, nobody needs to.
 */
@ApplicationScoped
class ContentRelease {
  private final Database database;

  ContentRelease(Database database) {
    this.database = database;
  }

  /** Looks at everything that there is word of. */
  void all() {
    database
        .list("SELECT DISTINCT project_id FROM content_check", row -> row.getLong(1))
        .forEach(this::release);
  }

  /**
   * Looks at what there is word of in one project.
   *
   * @return how much is no longer counted
   */
  long ofProject(long projectId) {
    return database.exists("SELECT FROM content_check WHERE project_id = ? LIMIT 1", projectId)
        ? release(projectId)
        : 0;
  }

  private long release(long projectId) {
    return database.one("SELECT content_release(?)", row -> row.getLong(1), projectId);
  }
}
