package io.orlop.catalog.project;

import io.orlop.identity.Principal;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Counts what there is in projects. */
@ApplicationScoped
public class ProjectCounts {
  private final Database database;

  ProjectCounts(Database database) {
    this.database = database;
  }

  /** Counts the repositories that a project lists. */
  public long repositories(long projectId) {
    return database.one(
        """
        SELECT coalesce(sum(repositories), 0) FROM project_repositories WHERE project_id = ?
        """,
        row -> row.getLong(1),
        projectId);
  }

  /** Counts the repositories that all projects list. */
  public long allRepositories() {
    return database.one(
        "SELECT coalesce(sum(repositories), 0) FROM project_repositories", row -> row.getLong(1));
  }

  /** Counts the members of a project, users and groups, by the ids of their roles. */
  public Map<Integer, Long> membersByRole(long projectId) {
    Map<Integer, Long> counts = new HashMap<>();
    database.list(
        "SELECT role, count(*) FROM project_member WHERE project_id = ? GROUP BY role",
        row -> counts.put(row.getInt(1), row.getLong(2)),
        projectId);
    return counts;
  }

  /** How many projects and repositories there are, public ones and others. */
  public record Totals(
      long publicProjects,
      long privateProjects,
      long publicRepositories,
      long privateRepositories) {}

  /** Counts what a caller may see. */
  public Totals visibleTo(Principal caller) {
    Visibility visible = Visibility.of(caller);
    return database.one(
        """
        SELECT count(*) FILTER (WHERE v.public) AS public_projects,
               count(*) FILTER (WHERE NOT v.public) AS private_projects,
               coalesce(sum(v.repositories) FILTER (WHERE v.public), 0) AS public_repositories,
               coalesce(sum(v.repositories) FILTER (WHERE NOT v.public), 0)
                 AS private_repositories
          FROM (SELECT p.public, coalesce(r.count, 0) AS repositories
                  FROM project p
                  LEFT JOIN (SELECT project_id, sum(repositories) AS count
                               FROM project_repositories GROUP BY project_id) r
                    ON r.project_id = p.id
                 WHERE %s) v
        """
            .formatted(visible.condition()),
        ProjectCounts::totals,
        visible.parameters().toArray());
  }

  private static Totals totals(ResultSet row) throws SQLException {
    return new Totals(
        row.getLong("public_projects"),
        row.getLong("private_projects"),
        row.getLong("public_repositories"),
        row.getLong("private_repositories"));
  }
}
