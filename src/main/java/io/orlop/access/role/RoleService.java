package io.orlop.access.role;

import io.orlop.access.ProjectPermission;
import io.orlop.access.Role;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes, lists, changes and deletes roles. Rights are read with each request, so a change is
 * effective from its answer on.
 */
@ApplicationScoped
public class RoleService {
  /** Ids below are those of the built-in roles. */
  private static final int FIRST_CUSTOM = 100;

  private static final String SELECT =
      """
      SELECT r.id, r.name, r.description, r.permissions, r.repositories, r.created_at, r.updated_at,
             (SELECT count(*) FROM project_member m WHERE m.role = r.id) AS members
        FROM role r
      """;

  private final Database database;

  RoleService(Database database) {
    this.database = database;
  }

  /** One page of roles, and how many there are on all pages. */
  public record Page(List<RoleInfo> roles, long total) {}

  /** Lists all roles, the built-in ones first. */
  public Page list(long limit, long offset) {
    long total = database.one("SELECT count(*) FROM role", row -> row.getLong(1));
    return new Page(
        database.list(SELECT + " ORDER BY r.id LIMIT ? OFFSET ?", RoleService::role, limit, offset),
        total);
  }

  /** Finds a role by its id. */
  public Optional<RoleInfo> find(long id) {
    return database.first(SELECT + " WHERE r.id = ?", RoleService::role, id);
  }

  /**
   * Makes a role.
   *
   * @return its id
   * @throws RegistryException CONFLICT if the name is taken
   */
  @Transactional
  public int create(RoleDraft role) {
    try {
      return database.one(
          """
          INSERT INTO role (name, description, permissions, repositories)
          VALUES (?, ?, ?, ?) RETURNING id
          """,
          row -> row.getInt(1),
          role.name(),
          role.description(),
          pairs(role),
          role.repositories());
    } catch (DatabaseException e) {
      throw translated(e, role.name());
    }
  }

  /**
   * Changes a role for all who have it.
   *
   * @throws RegistryException NOT_FOUND if there is none, FORBIDDEN if it is built in, CONFLICT if
   *     the name is taken
   */
  @Transactional
  public void update(long id, RoleDraft role) {
    requireCustom(id, "changed");
    try {
      if (database.update(
              """
              UPDATE role SET name = ?, description = ?, permissions = ?, repositories = ?,
                     updated_at = ?
               WHERE id = ?
              """,
              role.name(),
              role.description(),
              pairs(role),
              role.repositories(),
              Instant.now(),
              id)
          == 0) {
        throw unknown(id);
      }
    } catch (DatabaseException e) {
      throw translated(e, role.name());
    }
  }

  /**
   * Deletes a role that nobody has.
   *
   * @throws RegistryException NOT_FOUND if there is none, FORBIDDEN if it is built in, PRECONDITION
   *     if members have it
   */
  @Transactional
  public void delete(long id) {
    requireCustom(id, "deleted");
    // Whoever is giving it to a member at the moment holds its row, or is refused afterwards.
    if (!database.exists("SELECT FROM role WHERE id = ? FOR UPDATE", id)) {
      throw unknown(id);
    }
    long members =
        database.one(
            "SELECT count(*) FROM project_member WHERE role = ?", row -> row.getLong(1), id);
    if (members > 0) {
      throw ErrorCode.PRECONDITION.exception(
          "role %d is in use by %d member%s, can not be deleted"
              .formatted(id, members, members == 1 ? "" : "s"));
    }
    database.update("DELETE FROM role WHERE id = ?", id);
  }

  /** Says that there is no such role. */
  public static RegistryException unknown(long id) {
    return ErrorCode.NOT_FOUND.exception("role " + id + " not found");
  }

  private void requireCustom(long id, String deed) {
    if (id < FIRST_CUSTOM && find(id).isPresent()) {
      throw ErrorCode.FORBIDDEN.exception("role " + id + " is built in, can not be " + deed);
    }
  }

  private static List<String> pairs(RoleDraft role) {
    return role.permissions().stream().map(ProjectPermission::pair).distinct().toList();
  }

  private static RuntimeException translated(DatabaseException failure, String name) {
    return failure.violates("role_name_key")
        ? ErrorCode.CONFLICT.exception("role " + name + " already exists").causedBy(failure)
        : failure;
  }

  private static RoleInfo role(ResultSet row) throws SQLException {
    int id = row.getInt("id");
    Optional<Role> builtIn = Role.find(id);
    return new RoleInfo(
        id,
        row.getString("name"),
        row.getString("description"),
        builtIn.isPresent(),
        builtIn.isPresent() ? List.copyOf(builtIn.get().permissions()) : custom(row),
        Stream.of((String[]) row.getArray("repositories").getArray()).toList(),
        row.getLong("members"),
        Database.instant(row, "created_at"),
        Database.instant(row, "updated_at"));
  }

  private static List<ProjectPermission> custom(ResultSet row) throws SQLException {
    return Stream.of((String[]) row.getArray("permissions").getArray())
        .map(pair -> pair.split(":", 2))
        .flatMap(pair -> ProjectPermission.find(pair[0], pair[1]).stream())
        .toList();
  }
}
