package io.orlop.identity.group;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** Makes, changes and deletes groups, and says who is in them. */
@ApplicationScoped
public class GroupService {
  private static final String NAME_KEY = "user_group_name_key";
  private static final String DN_KEY = "user_group_dn_key";

  private final Database database;

  GroupService(Database database) {
    this.database = database;
  }

  /**
   * Makes a group.
   *
   * @return its id
   * @throws RegistryException CONFLICT if there is one of this name and type, or of this directory
   *     entry
   */
  @Transactional
  public long create(String name, GroupType type, String ldapDn) {
    return unlessTaken(
        name,
        () ->
            database.one(
                "INSERT INTO user_group (name, type, ldap_dn) VALUES (?, ?, ?) RETURNING id",
                row -> row.getLong(1),
                name,
                type.number(),
                ldapDn));
  }

  /** Gives a group another name. */
  @Transactional
  public void rename(long id, String name) {
    int rows =
        unlessTaken(
            name,
            () ->
                database.update(
                    "UPDATE user_group SET name = ?, updated_at = now() WHERE id = ?", name, id));
    if (rows == 0) {
      throw unknown(id);
    }
  }

  /** Deletes a group: what its members may do by it ends. */
  @Transactional
  public void delete(long id) {
    if (database.update("DELETE FROM user_group WHERE id = ?", id) == 0) {
      throw unknown(id);
    }
  }

  /**
   * Puts somebody into a group.
   *
   * @throws RegistryException CONFLICT if the person is in it
   */
  @Transactional
  public void add(long id, long userId) {
    try {
      database.update(
          "INSERT INTO user_group_member (group_id, user_id) VALUES (?, ?)", id, userId);
    } catch (DatabaseException e) {
      throw switch (e.kind()) {
        case UNIQUE_VIOLATION ->
            ErrorCode.CONFLICT
                .exception("user " + userId + " is a member of user group " + id + " already")
                .causedBy(e);
        case FOREIGN_KEY_VIOLATION ->
            ErrorCode.NOT_FOUND.exception("user " + userId + " not found").causedBy(e);
        case CONFLICT, UNAVAILABLE, INVALID_TEXT, OTHER -> e;
      };
    }
  }

  /** Takes somebody out of a group. */
  @Transactional
  public void remove(long id, long userId) {
    if (database.update(
            "DELETE FROM user_group_member WHERE group_id = ? AND user_id = ?", id, userId)
        == 0) {
      throw ErrorCode.NOT_FOUND.exception(
          "user " + userId + " is not a member of user group " + id);
    }
  }

  /** The refusal of a group that does not exist. */
  static RegistryException unknown(long id) {
    return ErrorCode.NOT_FOUND.exception("the user group with id " + id + " is not found");
  }

  private static <T> T unlessTaken(String name, Supplier<T> change) {
    try {
      return change.get();
    } catch (DatabaseException e) {
      if (e.violates(NAME_KEY) || e.violates(DN_KEY)) {
        throw ErrorCode.CONFLICT
            .exception("user group " + name + " or its DN already exists")
            .causedBy(e);
      }
      throw e;
    }
  }
}
