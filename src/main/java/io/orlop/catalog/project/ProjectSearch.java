package io.orlop.catalog.project;

import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.ProjectPermission;
import io.orlop.identity.Principal;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.text.Fragment;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds projects and repositories by a part of their names. */
@ApplicationScoped
public class ProjectSearch {
  /** Nobody reads more of either than this. */
  private static final int MOST = 1000;

  private final Database database;
  private final Authorizer authorizer;

  ProjectSearch(Database database, Authorizer authorizer) {
    this.database = database;
    this.authorizer = authorizer;
  }

  /** A repository that was found. */
  public record FoundRepository(
      long projectId,
      String projectName,
      boolean isPublic,
      String name,
      long pulls,
      long artifacts) {}

  /** Finds projects that a caller may see, by name. */
  public List<ProjectInfo> projects(Principal caller, String text) {
    Visibility visible = Visibility.of(caller);
    return database.list(
        ProjectRows.SELECT
            + " WHERE p.id = ANY (ARRAY(SELECT p.id FROM project p WHERE "
            + visible.condition()
            + " AND position(? IN p.name) > 0 ORDER BY p.name LIMIT "
            + MOST
            + ")) ORDER BY p.name",
        ProjectRows::read,
        parameters(visible, text));
  }

  /** Finds repositories that a caller may see, by name; case makes no difference. */
  public List<FoundRepository> repositories(Principal caller, String text) {
    Visibility visible = Visibility.of(caller);
    String lower = text.toLowerCase(Locale.ROOT);
    List<FoundRepository> found =
        database.list(
            """
            SELECT f.*, f.pull_count + coalesce(c.pulls, 0) AS pulls,
                   f.artifact_count + coalesce(c.artifacts, 0) AS artifacts
              FROM (SELECT r.id, r.project_id, p.name AS project, p.public, r.name, r.pull_count,
                           r.artifact_count
                      FROM repository r JOIN project p ON p.id = r.project_id
                     WHERE %s AND r.listed_at IS NOT NULL AND position(? IN r.name) > 0
                       AND r.name LIKE ?
                     ORDER BY r.name LIMIT %s) f,
                   LATERAL (SELECT sum(d.pulls) AS pulls, sum(d.artifacts) AS artifacts
                              FROM repository_delta d WHERE d.repository_id = f.id) c
             ORDER BY f.name
            """
                .formatted(visible.condition(), MOST),
            row ->
                new FoundRepository(
                    row.getLong("project_id"),
                    row.getString("project"),
                    row.getBoolean("public"),
                    row.getString("name"),
                    row.getLong("pulls"),
                    row.getLong("artifacts")),
            parameters(visible, lower, Fragment.pattern(lower)));
    return caller.systemAdministrator() ? found : listable(caller, found);
  }

  /** A role may be limited to some repositories of a project. */
  private List<FoundRepository> listable(Principal caller, List<FoundRepository> found) {
    Map<String, ProjectAccess> access =
        authorizer.decide(
            caller, found.stream().map(FoundRepository::projectName).collect(Collectors.toSet()));
    return found.stream()
        .filter(repository -> {
          ProjectAccess project = access.get(repository.projectName());
          return project != null
              && project.allows(
                  ProjectPermission.REPOSITORY_LIST, new RepositoryName(repository.name()));
        })
        .toList();
  }

  private static Object[] parameters(Visibility visible, String... texts) {
    List<Object> parameters = new ArrayList<>(visible.parameters());
    parameters.addAll(List.of(texts));
    return parameters.toArray();
  }
}
