package io.orlop.catalog.inventory;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * Knows how many of the listed repositories were made on each day, which the database counts as
 * they come and go.
 */
@ApplicationScoped
class RepositoryDays {
  private final Database database;

  RepositoryDays(Database database) {
    this.database = database;
  }

  /**
   * A day on which repositories were made.
   *
   * @param end the moment after its last
   * @param newer how many repositories were made from then on
   */
  record Day(Instant end, long newer) {}

  /** Finds the day of the repository that so many newer ones come before. */
  Optional<Day> holding(long offset) {
    return database.first(
        """
        SELECT (n.day + 1)::timestamp AT TIME ZONE 'UTC' AS until, n.newer
          FROM (SELECT d.day, sum(sum(d.repositories)) OVER (ORDER BY d.day DESC)
                                - sum(d.repositories) AS newer
                  FROM repository_day d GROUP BY d.day) n
         WHERE n.newer <= ? ORDER BY n.day LIMIT 1
        """,
        row -> new Day(Database.instant(row, "until"), row.getLong("newer")),
        offset);
  }
}
