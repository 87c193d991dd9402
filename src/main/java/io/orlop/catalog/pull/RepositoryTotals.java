package io.orlop.catalog.pull;

import io.orlop.platform.job.PeriodicWork;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Adds what pushes, deletions and pulls have noted to the counters of repositories. The sum of both
 * is right at every moment, so nobody waits for it.
 */
@ApplicationScoped
class RepositoryTotals implements PeriodicWork {
  private static final int BATCH = 500;

  private final Database database;

  RepositoryTotals(Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "add-up-repositories";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(10);
  }

  @Override
  public void run() {
    while (addUp() == BATCH) {
      // The next ones.
    }
    addUpProjects();
    addUpDays();
  }

  /** Makes one of the changes of how many repositories a project has, where there are several. */
  void addUpProjects() {
    database.update(
        """
        WITH several AS
               (SELECT project_id FROM project_repositories
                 GROUP BY project_id HAVING count(*) > 1),
             noted AS
               (DELETE FROM project_repositories p USING several s
                 WHERE p.project_id = s.project_id
                RETURNING p.project_id, p.repositories)
        INSERT INTO project_repositories (project_id, repositories)
        SELECT project_id, sum(repositories) FROM noted
         GROUP BY project_id HAVING sum(repositories) <> 0
        """);
  }

  /** Makes one of the changes of how many repositories were made on a day. */
  void addUpDays() {
    database.update(
        """
        WITH several AS
               (SELECT day FROM repository_day GROUP BY day HAVING count(*) > 1),
             noted AS
               (DELETE FROM repository_day d USING several s WHERE d.day = s.day
                RETURNING d.day, d.repositories)
        INSERT INTO repository_day (day, repositories)
        SELECT day, sum(repositories) FROM noted
         GROUP BY day HAVING sum(repositories) <> 0
        """);
  }

  /** Adds up those of some repositories; returns how many. */
  int addUp() {
    return database.one(
        """
        WITH batch AS MATERIALIZED
               (SELECT DISTINCT repository_id AS id FROM repository_delta LIMIT ?),
             homes AS MATERIALIZED
               (SELECT r.id FROM repository r WHERE r.id IN (SELECT id FROM batch)
                 ORDER BY r.id FOR NO KEY UPDATE),
             noted AS
               (DELETE FROM repository_delta d USING batch b LEFT JOIN homes h ON h.id = b.id
                 WHERE d.repository_id = b.id
                RETURNING d.repository_id, d.artifacts, d.pulls, d.at),
             sums AS MATERIALIZED
               (SELECT repository_id, sum(artifacts) AS artifacts, sum(pulls) AS pulls,
                       max(at) AS at
                  FROM noted GROUP BY repository_id),
             added AS
               (UPDATE repository r
                   SET artifact_count = r.artifact_count + s.artifacts,
                       pull_count = r.pull_count + s.pulls,
                       updated_at = greatest(r.updated_at, s.at)
                  FROM sums s WHERE r.id = s.repository_id)
        SELECT count(*) FROM batch
        """,
        row -> row.getInt(1),
        BATCH);
  }
}
