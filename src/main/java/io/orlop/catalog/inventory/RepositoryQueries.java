package io.orlop.catalog.inventory;

import io.orlop.access.RepositoryScope;
import io.orlop.catalog.inventory.ArtifactQueries.Wanted;
import io.orlop.identity.Principal;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Listing;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds and lists repositories, of those that had a manifest at least once. */
@ApplicationScoped
public class RepositoryQueries {
  private static final String ARTIFACTS =
      """
      (r.artifact_count + coalesce((SELECT sum(d.artifacts) FROM repository_delta d
                                     WHERE d.repository_id = r.id), 0))
      """;
  private static final String PULLS =
      """
      (r.pull_count + coalesce((SELECT sum(d.pulls) FROM repository_delta d
                                 WHERE d.repository_id = r.id), 0))
      """;
  private static final String UPDATED =
      """
      greatest(r.updated_at, (SELECT max(d.at) FROM repository_delta d
                               WHERE d.repository_id = r.id))
      """;
  private static final String SELECT =
      "SELECT r.id, r.project_id, r.name, r.description, r.created_at, "
          + ARTIFACTS
          + " AS artifacts, "
          + PULLS
          + " AS pulls, "
          + UPDATED
          + " AS updated_at";

  private static final Listing LISTING =
      Listing.orderedBy("r.created_at DESC, r.id DESC", "r.id DESC")
          .number("id", "r.id")
          .number("repository_id", "r.id")
          .number("project_id", "r.project_id")
          .text("name", "r.name")
          .text("description", "r.description")
          .number("artifact_count", ARTIFACTS)
          .number("pull_count", PULLS)
          .time("creation_time", "r.created_at")
          .time("update_time", UPDATED)
          .build();

  private final Database database;
  private final ReachableRepositories reachable;

  RepositoryQueries(Database database, ReachableRepositories reachable) {
    this.database = database;
    this.reachable = reachable;
  }

  /** Finds a repository by its whole name, which may be no name at all. */
  public Optional<RepositoryInfo> find(long projectId, String name) {
    return database.first(
        SELECT
            + " FROM repository r"
            + " WHERE r.project_id = ? AND r.name = ? AND r.listed_at IS NOT NULL",
        RepositoryQueries::info,
        projectId,
        name);
  }

  /** Lists the repositories of all projects that a principal may see, newest first. */
  public Page<RepositoryInfo> list(Principal principal, Wanted wanted) {
    Criteria criteria = LISTING.read(wanted.q(), wanted.sort());
    return page(reachable.limit(criteria, principal), wanted.window());
  }

  /** Lists the repositories of a project, newest first. */
  public Page<RepositoryInfo> list(long projectId, RepositoryScope scope, Wanted wanted) {
    Criteria criteria = LISTING.read(wanted.q(), wanted.sort()).with("r.project_id = ?", projectId);
    return page(
        scope.regex().map(regex -> criteria.with("r.name ~ ?", regex)).orElse(criteria),
        wanted.window());
  }

  /** Changes what a repository says of itself; false if it is gone. */
  public boolean describe(long id, String description) {
    return database.update(
            "UPDATE repository SET description = ?, updated_at = now() WHERE id = ?",
            description,
            id)
        == 1;
  }

  private Page<RepositoryInfo> page(Criteria criteria, Window window) {
    String from = " FROM repository r WHERE r.listed_at IS NOT NULL" + criteria.and();
    List<?> none = List.of();
    long total =
        database.one("SELECT count(*)" + from, row -> row.getLong(1), criteria.parameters(none));
    if (window.offset() >= total) {
      return Page.empty(total);
    }
    return new Page<>(
        database.list(
            SELECT + from + " ORDER BY " + criteria.order() + " LIMIT ? OFFSET ?",
            RepositoryQueries::info,
            criteria.parameters(none, window.limit(), window.offset())),
        total);
  }

  private static RepositoryInfo info(ResultSet row) throws SQLException {
    return new RepositoryInfo(
        row.getLong("id"),
        row.getLong("project_id"),
        row.getString("name"),
        row.getString("description"),
        row.getLong("artifacts"),
        row.getLong("pulls"),
        Database.instant(row, "created_at"),
        Database.instant(row, "updated_at"));
  }
}
