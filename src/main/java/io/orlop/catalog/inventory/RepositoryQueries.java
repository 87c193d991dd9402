package io.orlop.catalog.inventory;

import io.orlop.access.RepositoryScope;
import io.orlop.catalog.inventory.ArtifactQueries.Wanted;
import io.orlop.catalog.project.ProjectCounts;
import io.orlop.identity.Principal;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Listing;
import io.orlop.platform.query.Slice;
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
  private static final String FROM = " FROM repository r WHERE r.listed_at IS NOT NULL";
  private static final String SELECT =
      """
      SELECT r.id, r.project_id, r.name, r.description, r.created_at,
             r.artifact_count + coalesce(c.artifacts, 0) AS artifacts,
             r.pull_count + coalesce(c.pulls, 0) AS pulls,
             greatest(r.updated_at, c.at) AS updated_at
        FROM repository r,
             LATERAL (SELECT sum(d.artifacts) AS artifacts, sum(d.pulls) AS pulls, max(d.at) AS at
                        FROM repository_delta d WHERE d.repository_id = r.id) c
       WHERE
      """;

  private static final String NEWEST_FIRST = "r.created_at DESC, r.id DESC";
  private static final String OLDEST_FIRST = "r.created_at, r.id";

  /** So many repositories are passed over as quickly as the days are counted. */
  private static final long FAR_DOWN = 500;

  private static final Listing LISTING =
      Listing.orderedBy(NEWEST_FIRST, "r.id DESC")
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
  private final ProjectCounts counts;
  private final RepositoryDays days;

  RepositoryQueries(
      Database database,
      ReachableRepositories reachable,
      ProjectCounts counts,
      RepositoryDays days) {
    this.database = database;
    this.days = days;
    this.reachable = reachable;
    this.counts = counts;
  }

  /** Finds a repository by its whole name, which may be no name at all. */
  public Optional<RepositoryInfo> find(long projectId, String name) {
    return database.first(
        SELECT + "r.project_id = ? AND r.name = ? AND r.listed_at IS NOT NULL",
        RepositoryQueries::info,
        projectId,
        name);
  }

  /** Lists the repositories of all projects that a principal may see, newest first. */
  public Page<RepositoryInfo> list(Principal principal, Wanted wanted) {
    Criteria asked = LISTING.read(wanted.q(), wanted.sort());
    Criteria criteria = reachable.limit(asked, principal);
    long total = criteria.filters() ? count(criteria) : counts.allRepositories();
    boolean byDay = !criteria.filters() && order(criteria).equals(NEWEST_FIRST);
    return byDay && wanted.window().offset() > FAR_DOWN && wanted.window().offset() < total
        ? farDown(criteria, wanted.window(), total)
        : page(criteria, wanted.window(), total);
  }

  /** Begins at the day that the page is in: repositories of later ones are counted already. */
  private Page<RepositoryInfo> farDown(Criteria criteria, Window window, long total) {
    return days.holding(window.offset())
        .map(day ->
            new Page<>(
                read(
                    criteria.with("r.created_at < ?", day.end()),
                    new Slice(window.limit(), window.offset() - day.newer()),
                    NEWEST_FIRST),
                total))
        .orElseGet(() -> page(criteria, window, total));
  }

  /** Lists the repositories of a project, newest first. */
  public Page<RepositoryInfo> list(long projectId, RepositoryScope scope, Wanted wanted) {
    Criteria asked = LISTING.read(wanted.q(), wanted.sort());
    Criteria ofProject = asked.with("r.project_id = ?", projectId);
    Criteria criteria =
        scope.regex().map(regex -> ofProject.with("r.name ~ ?", regex)).orElse(ofProject);
    boolean everything = !asked.filters() && scope.regex().isEmpty();
    long total = everything ? counts.repositories(projectId) : count(criteria);
    return page(criteria, wanted.window(), total);
  }

  /** Changes what a repository says of itself; false if it is gone. */
  public boolean describe(long id, String description) {
    return database.update(
            "UPDATE repository SET description = ?, updated_at = now() WHERE id = ?",
            description,
            id)
        == 1;
  }

  private long count(Criteria criteria) {
    return database.one(
        "SELECT count(*)" + FROM + criteria.and(),
        row -> row.getLong(1),
        criteria.parameters(List.of()));
  }

  /** Finds the page first, and counts what is on it then; in the second half from the end. */
  private Page<RepositoryInfo> page(Criteria criteria, Window window, long total) {
    if (window.offset() >= total) {
      return Page.empty(total);
    }
    String order = order(criteria);
    boolean fromEnd = order.equals(NEWEST_FIRST) && window.offset() > total / 2;
    Slice asked = new Slice(window.limit(), window.offset());
    Slice slice = fromEnd ? asked.fromEnd(total) : asked;
    List<RepositoryInfo> repositories = read(criteria, slice, fromEnd ? OLDEST_FIRST : order);
    return new Page<>(fromEnd ? repositories.reversed() : repositories, total);
  }

  private List<RepositoryInfo> read(Criteria criteria, Slice slice, String order) {
    String ordered = " ORDER BY " + order;
    return database.list(
        SELECT
            + "r.id = ANY (ARRAY(SELECT r.id"
            + FROM
            + criteria.and()
            + ordered
            + slice.sql()
            + "))"
            + ordered,
        RepositoryQueries::info,
        criteria.parameters(List.of(), slice.parameters()));
  }

  /** None of the columns is ever null, and PostgreSQL finds an index only for its own words. */
  private static String order(Criteria criteria) {
    return criteria.order().replace(" NULLS LAST", "").replace(" NULLS FIRST", "");
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
