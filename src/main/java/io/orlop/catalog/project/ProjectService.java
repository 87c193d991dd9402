package io.orlop.catalog.project;

import io.orlop.access.MembershipService;
import io.orlop.access.Role;
import io.orlop.catalog.quota.Quotas;
import io.orlop.identity.Principal;
import io.orlop.oci.ProjectName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.event.DomainEvent;
import io.orlop.platform.event.DomainEvents;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes, finds, changes and deletes projects. */
@ApplicationScoped
public class ProjectService {
  /** Why a project cannot be deleted. */
  public static final String HAS_REPOSITORIES =
      "the project contains repositories, can not be deleted";

  private final MembershipService memberships;
  private final Quotas quotas;
  private final CveAllowlists allowlists;
  private final Database database;
  private final DomainEvents events;

  ProjectService(
      MembershipService memberships,
      Quotas quotas,
      CveAllowlists allowlists,
      Database database,
      DomainEvents events) {
    this.events = events;
    this.memberships = memberships;
    this.quotas = quotas;
    this.allowlists = allowlists;
    this.database = database;
  }

  /** Makes a project with nothing in particular; see {@link #create(NewProject, Optional)}. */
  @Transactional
  public long create(ProjectName name, boolean isPublic, Optional<Principal.UserPrincipal> owner) {
    return create(new NewProject(name, isPublic), owner.map(Principal.UserPrincipal::id));
  }

  /**
   * Makes a project; its owner becomes its administrator.
   *
   * @return its id
   * @throws io.orlop.platform.error.RegistryException CONFLICT if the name is taken
   */
  @Transactional
  public long create(NewProject made, Optional<Long> owner) {
    long id = insert(made, owner);
    quotas.open(id, made.storageLimit());
    if (!made.metadata().isEmpty()) {
      merge(id, new Change(Optional.empty(), made.metadata(), Optional.empty()));
    }
    owner.ifPresent(user -> memberships.assign(id, user, Role.PROJECT_ADMIN));
    events.happened(new DomainEvent.ProjectCreated(id, made.name().value()));
    return id;
  }

  private long insert(NewProject made, Optional<Long> owner) {
    try {
      return database.one(
          """
          INSERT INTO project (name, public, owner_id, created_at, updated_at)
          VALUES (?, ?, ?, now(), now()) RETURNING id
          """,
          row -> row.getLong(1),
          made.name().value(),
          made.isPublic(),
          owner.orElse(null));
    } catch (DatabaseException e) {
      throw e.violates("project_name_key") ? taken(made.name()) : e;
    }
  }

  /** Returns who owns what machines make: the first system administrator. */
  public Optional<Long> firstAdministrator() {
    return database.first(
        "SELECT id FROM users WHERE sysadmin ORDER BY id LIMIT 1", row -> row.getLong(1));
  }

  /** Tells whether a project of this name exists, whoever asks. */
  public boolean exists(String name) {
    return name.indexOf('\0') < 0 && database.exists("SELECT FROM project WHERE name = ?", name);
  }

  /** Finds a project by its id. */
  public Optional<ProjectInfo> find(long id) {
    return database.first(ProjectRows.SELECT + " WHERE p.id = ?", ProjectRows::read, id);
  }

  /** Finds a project by its name. */
  public Optional<ProjectInfo> find(String name) {
    return database.first(ProjectRows.SELECT + " WHERE p.name = ?", ProjectRows::read, name);
  }

  /**
   * What to change of a project; the rest stays.
   *
   * @param isPublic whether everybody may pull
   * @param metadata what to set besides
   * @param allowlist takes the place of the one that is there
   */
  public record Change(
      Optional<Boolean> isPublic,
      Map<MetadataKey, String> metadata,
      Optional<CveAllowlist.Change> allowlist) {}

  /** Changes a project. */
  @Transactional
  public void update(long id, Change change) {
    merge(id, change);
    change.allowlist().ifPresent(list -> allowlists.set(id, list));
  }

  /** Keeps which scanner a project is to have, whether there is such a scanner or not. */
  public void keepScanner(long id, String uuid) {
    database.update("UPDATE project SET scanner = ? WHERE id = ?", uuid, id);
  }

  private void merge(long id, Change change) {
    @Nullable Boolean isPublic = change.isPublic().orElse(null);
    int updated =
        database.update(
            """
            UPDATE project
               SET metadata = metadata || jsonb_object(?::text[], ?::text[]),
                   public = coalesce(?::boolean, public), updated_at = now()
             WHERE id = ?
            """,
            ProjectRows.names(change.metadata()),
            change.metadata().values(),
            isPublic,
            id);
    if (updated == 0) {
      throw unknown(id);
    }
  }

  /**
   * Deletes a project that lists no repository. Uploads to it, its members, robot accounts and
   * labels, and blobs that were never named by a manifest go with it.
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
    quotas.close(id);
    String name =
        database
            .first("DELETE FROM project WHERE id = ? RETURNING name", row -> row.getString(1), id)
            .orElseThrow(() -> unknown(id));
    events.happened(new DomainEvent.ProjectDeleted(id, name));
  }

  private static RuntimeException unknown(long id) {
    return ErrorCode.NOT_FOUND.exception("project " + id + " not found");
  }

  private static RuntimeException taken(ProjectName name) {
    return ErrorCode.CONFLICT.exception("The project named " + name.value() + " already exists");
  }
}
