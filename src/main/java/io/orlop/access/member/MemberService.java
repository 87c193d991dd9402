package io.orlop.access.member;

import io.orlop.access.member.Member.EntityType;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes, lists, changes and ends memberships. Who may do so is asked before. */
@ApplicationScoped
public class MemberService {
  private static final String BAD_ROLE =
      "Failed to %s project member, role is not in 1,2,3,4,5 and no custom role";

  private static final String ROWS =
      """
        FROM project_member m
        JOIN role r ON r.id = m.role
        LEFT JOIN users u ON u.id = m.user_id
        LEFT JOIN user_group g ON g.id = m.group_id
       WHERE m.project_id = ?
      """;

  private static final String SELECT =
      """
      SELECT m.id, m.project_id, coalesce(u.username, g.name) AS entity_name, m.user_id, m.group_id,
             m.role, r.name AS role_name
      """
          + ROWS;

  private final Database database;
  private final MemberGroups groups;

  MemberService(Database database, MemberGroups groups) {
    this.database = database;
    this.groups = groups;
  }

  /** One page of members, and how many the project has, whatever was searched for. */
  public record Page(List<Member> members, long total) {}

  /**
   * Lists the members of a project by name.
   *
   * @param nameContains only those with this text, in any case, in their name; empty for all
   */
  public Page list(long projectId, String nameContains, long limit, long offset) {
    long total =
        database.one(
            "SELECT count(*) FROM project_member m WHERE m.project_id = ?",
            row -> row.getLong(1),
            projectId);
    List<Member> members =
        database.list(
            SELECT
                + " AND position(lower(?) IN lower(coalesce(u.username, g.name))) > 0"
                + " ORDER BY entity_name, m.id LIMIT ? OFFSET ?",
            MemberService::member,
            projectId,
            nameContains,
            limit,
            offset);
    return new Page(members, total);
  }

  /** Finds a membership of a project by its id. */
  public Optional<Member> find(long projectId, long id) {
    return database.first(SELECT + " AND m.id = ?", MemberService::member, projectId, id);
  }

  /**
   * Makes a member.
   *
   * @return the membership's id
   * @throws RegistryException BAD_REQUEST if there is no such role, NOT_FOUND if there is no such
   *     user or group, CONFLICT if it is a member already
   */
  @Transactional
  public long add(long projectId, NewMember who, int roleId) {
    requireRole(roleId, "create");
    try {
      return switch (who) {
        case NewMember.UserId user -> insert(projectId, userOf(user), null, roleId);
        case NewMember.UserName user -> insert(projectId, userOf(user), null, roleId);
        case NewMember.GroupId group -> insert(projectId, null, groups.require(group), roleId);
        case NewMember.GroupDn group -> insert(projectId, null, groups.obtain(group), roleId);
        case NewMember.GroupName group -> insert(projectId, null, groups.obtain(group), roleId);
      };
    } catch (DatabaseException e) {
      throw translated(e, "create");
    }
  }

  /**
   * Gives a member another role.
   *
   * @throws RegistryException BAD_REQUEST if there is no such role, NOT_FOUND if the project has no
   *     such member
   */
  @Transactional
  public void change(long projectId, long id, int roleId) {
    requireRole(roleId, "update");
    try {
      if (database.update(
              "UPDATE project_member SET role = ? WHERE project_id = ? AND id = ?",
              roleId,
              projectId,
              id)
          == 0) {
        throw unknown(id);
      }
    } catch (DatabaseException e) {
      throw translated(e, "update");
    }
  }

  /**
   * Ends a membership.
   *
   * @throws RegistryException NOT_FOUND if the project has no such member
   */
  @Transactional
  public void remove(long projectId, long id) {
    if (database.update("DELETE FROM project_member WHERE project_id = ? AND id = ?", projectId, id)
        == 0) {
      throw unknown(id);
    }
  }

  /** Says that there is no such membership. */
  public static RegistryException unknown(long id) {
    return ErrorCode.NOT_FOUND.exception("project member " + id + " not found");
  }

  private long userOf(NewMember.UserId user) {
    return database
        .first("SELECT id FROM users WHERE id = ?", row -> row.getLong(1), user.id())
        .orElseThrow(() -> ErrorCode.NOT_FOUND.exception("user " + user.id() + " not found"));
  }

  private long userOf(NewMember.UserName user) {
    return database
        .first("SELECT id FROM users WHERE username = ?", row -> row.getLong(1), user.name())
        .orElseThrow(() -> ErrorCode.NOT_FOUND.exception("user " + user.name() + " not found"));
  }

  private long insert(long projectId, @Nullable Long userId, @Nullable Long groupId, int roleId) {
    return database.one(
        """
        INSERT INTO project_member (project_id, user_id, group_id, role)
        VALUES (?, ?, ?, ?) RETURNING id
        """,
        row -> row.getLong(1),
        projectId,
        userId,
        groupId,
        roleId);
  }

  private void requireRole(int roleId, String deed) {
    if (!database.exists("SELECT FROM role WHERE id = ?", roleId)) {
      throw ErrorCode.BAD_REQUEST.exception(BAD_ROLE.formatted(deed));
    }
  }

  private static RuntimeException translated(DatabaseException failure, String deed) {
    if (failure.violates("project_member_user_key")
        || failure.violates("project_member_group_key")) {
      return ErrorCode.CONFLICT
          .exception("The project member specified already exist")
          .causedBy(failure);
    }
    if (failure.violates("project_member_role")) {
      return ErrorCode.BAD_REQUEST.exception(BAD_ROLE.formatted(deed)).causedBy(failure);
    }
    if (failure.kind() == DatabaseException.Kind.FOREIGN_KEY_VIOLATION) {
      return ErrorCode.NOT_FOUND
          .exception("the project, user or group has just been deleted: not found")
          .causedBy(failure);
    }
    return failure;
  }

  private static Member member(ResultSet row) throws SQLException {
    Long user = row.getObject("user_id", Long.class);
    return new Member(
        row.getLong("id"),
        row.getLong("project_id"),
        row.getString("entity_name"),
        user == null ? EntityType.GROUP : EntityType.USER,
        user == null ? row.getLong("group_id") : user,
        row.getInt("role"),
        row.getString("role_name"));
  }
}
