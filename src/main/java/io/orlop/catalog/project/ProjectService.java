package io.orlop.catalog.project;

import io.orlop.access.MembershipService;
import io.orlop.access.Role;
import io.orlop.identity.Principal;
import io.orlop.oci.ProjectName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.event.DomainEvent;
import io.orlop.platform.event.DomainEvents;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes, lists and deletes projects. */
@ApplicationScoped
public class ProjectService {
  /** Why a project cannot be deleted. */
  public static final String HAS_REPOSITORIES =
      "the project contains repositories, can not be deleted";

  private static final String INFO =
      """
      SELECT p.id, p.name, p.public, p.owner_id, u.username AS owner_name, p.created_at,
             p.updated_at,
             (SELECT count(*) FROM repository r
               WHERE r.project_id = p.id AND r.listed_at IS NOT NULL) AS repositories
        FROM project p LEFT JOIN users u ON u.id = p.owner_id
      """;

  /** Parameters: whether the caller sees everything, and the caller's user id. */
  private static final String VISIBLE =
      """
      (? OR p.public OR EXISTS
         (SELECT FROM project_member m WHERE m.project_id = p.id AND m.user_id = ?))
      """;

  private final Projects projects;
  private final MembershipService memberships;
  private final Database database;
  private final DomainEvents events;

  ProjectService(
      Projects projects, MembershipService memberships, Database database, DomainEvents events) {
    this.events = events;
    this.projects = projects;
    this.memberships = memberships;
    this.database = database;
  }

  /**
   * Which projects to list.
   *
   * @param nameContains only those with this text, in any case, in their name
   * @param isPublic only public ones, or only private ones
   * @param owner only those of the user of this name
   */
  public record Filter(
      Optional<String> nameContains, Optional<Boolean> isPublic, Optional<String> owner) {}

  /** One page of projects, and how many there are on all pages. */
  public record Page(List<ProjectInfo> projects, long total) {}

  /**
   * Makes a project; its maker becomes its owner and administrator.
   *
   * @return its id
   * @throws io.orlop.platform.error.RegistryException CONFLICT if the name is taken
   */
  @Transactional
  public long create(ProjectName name, boolean isPublic, Optional<Principal.UserPrincipal> owner) {
    Project project =
        new Project(name.value(), isPublic, owner.map(Principal.UserPrincipal::id).orElse(null));
    try {
      projects.persistAndFlush(project);
    } catch (RuntimeException e) {
      throw DatabaseException.findIn(e)
          .filter(failure -> failure.violates("project_name_key"))
          .<RuntimeException>map(_ -> taken(name))
          .orElse(e);
    }
    owner.ifPresent(user -> memberships.assign(project.requireId(), user.id(), Role.PROJECT_ADMIN));
    events.happened(new DomainEvent.ProjectCreated(project.requireId(), name.value()));
    return project.requireId();
  }

  /** Tells whether a project of this name exists, whoever asks. */
  public boolean exists(String name) {
    return database.exists("SELECT FROM project WHERE name = ?", name);
  }

  /** Finds a project by its id. */
  public Optional<ProjectInfo> find(long id) {
    return database.first(INFO + " WHERE p.id = ?", ProjectService::info, id);
  }

  /** Finds a project by its name. */
  public Optional<ProjectInfo> find(String name) {
    return database.first(INFO + " WHERE p.name = ?", ProjectService::info, name);
  }

  /** Lists the projects that a caller may see, by name. */
  public Page list(Principal principal, Filter filter, long limit, long offset) {
    StringBuilder where = new StringBuilder(" WHERE ").append(VISIBLE);
    List<Object> parameters = new ArrayList<>();
    parameters.add(principal.systemAdministrator());
    parameters.add(principal instanceof Principal.UserPrincipal person ? person.id() : -1L);
    filter
        .nameContains()
        .ifPresent(text -> {
          where.append(" AND position(lower(?) IN p.name) > 0");
          parameters.add(text);
        });
    filter
        .isPublic()
        .ifPresent(isPublic -> {
          where.append(" AND p.public = ?");
          parameters.add(isPublic);
        });
    filter
        .owner()
        .ifPresent(owner -> {
          where.append(" AND u.username = ?");
          parameters.add(owner);
        });
    long total =
        database.one(
            "SELECT count(*) FROM project p LEFT JOIN users u ON u.id = p.owner_id" + where,
            row -> row.getLong(1),
            parameters.toArray());
    parameters.add(limit);
    parameters.add(offset);
    return new Page(
        database.list(
            INFO + where + " ORDER BY p.name LIMIT ? OFFSET ?",
            ProjectService::info,
            parameters.toArray()),
        total);
  }

  /**
   * Deletes a project that lists no repository. Uploads to it and blobs that were never named by a
   * manifest go with it.
   *
   * @throws io.orlop.platform.error.RegistryException PRECONDITION if it has repositories
   */
  @Transactional
  public void delete(long id) {
    database.first("SELECT id FROM project WHERE id = ? FOR UPDATE", row -> row.getLong(1), id);
    // A push that is about to list a repository holds its row: it is looked at again afterwards.
    database.update("DELETE FROM repository WHERE project_id = ? AND listed_at IS NULL", id);
    if (database.exists("SELECT FROM repository WHERE project_id = ?", id)) {
      throw ErrorCode.PRECONDITION.exception(HAS_REPOSITORIES);
    }
    String name =
        database
            .first("DELETE FROM project WHERE id = ? RETURNING name", row -> row.getString(1), id)
            .orElseThrow(() -> ErrorCode.NOT_FOUND.exception("project " + id + " not found"));
    events.happened(new DomainEvent.ProjectDeleted(id, name));
  }

  private static RuntimeException taken(ProjectName name) {
    return ErrorCode.CONFLICT.exception("The project named " + name.value() + " already exists");
  }

  private static ProjectInfo info(ResultSet row) throws SQLException {
    Long owner = row.getObject("owner_id", Long.class);
    return new ProjectInfo(
        row.getLong("id"),
        row.getString("name"),
        row.getBoolean("public"),
        owner,
        row.getString("owner_name"),
        row.getLong("repositories"),
        Database.instant(row, "created_at"),
        Database.instant(row, "updated_at"));
  }
}
