package io.orlop.identity.group;

import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Criteria;
import io.orlop.platform.query.Listing;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads groups and who is in them. */
@ApplicationScoped
public class GroupQueries {
  private static final Listing LISTING = Listing.orderedBy("id", "id").build();

  private final Database database;

  GroupQueries(Database database) {
    this.database = database;
  }

  /**
   * A part of a list.
   *
   * @param total how many the whole list has
   */
  public record Page<T>(List<T> items, long total) {}

  /** Somebody in a group. */
  public record Member(long userId, String username) {}

  /**
   * Lists groups by id.
   *
   * @param name what a name contains, in any case; empty for every name
   * @param ldapDn the entry in the directory; empty for any or none
   */
  public Page<Group> list(String name, String ldapDn, long limit, long offset) {
    Criteria criteria = named(name);
    return page(
        ldapDn.isEmpty() ? criteria : criteria.with("ldap_dn = ?", ldapDn), "id", limit, offset);
  }

  /** Lists groups whose name contains a text, the shortest name first. */
  public Page<Group> search(String name, long limit, long offset) {
    return page(named(name), "length(name), name, id", limit, offset);
  }

  /**
   * Finds a group.
   *
   * @throws RegistryException NOT_FOUND if it does not exist
   */
  public Group get(long id) {
    return database
        .first(
            "SELECT id, name, type, ldap_dn FROM user_group WHERE id = ?", GroupQueries::group, id)
        .orElseThrow(() -> GroupService.unknown(id));
  }

  /** Lists the members of a group by name. */
  public Page<Member> members(long id, long limit, long offset) {
    long total =
        database.one(
            "SELECT count(*) FROM user_group_member WHERE group_id = ?", row -> row.getLong(1), id);
    List<Member> members =
        database.list(
            """
            SELECT u.id, u.username FROM user_group_member m JOIN users u ON u.id = m.user_id
             WHERE m.group_id = ? ORDER BY u.username LIMIT ? OFFSET ?
            """,
            row -> new Member(row.getLong(1), row.getString(2)),
            id,
            limit,
            offset);
    return new Page<>(members, total);
  }

  private static Criteria named(String name) {
    Criteria all = LISTING.read(null, null);
    return name.isEmpty() ? all : all.with("position(lower(?) IN lower(name)) > 0", name);
  }

  private Page<Group> page(Criteria criteria, String order, long limit, long offset) {
    String where = " FROM user_group WHERE true" + criteria.and();
    long total =
        database.one(
            "SELECT count(*)" + where, row -> row.getLong(1), criteria.parameters(List.of()));
    List<Group> groups =
        database.list(
            "SELECT id, name, type, ldap_dn" + where + " ORDER BY " + order + " LIMIT ? OFFSET ?",
            GroupQueries::group,
            criteria.parameters(List.of(), limit, offset));
    return new Page<>(groups, total);
  }

  private static Group group(ResultSet row) throws SQLException {
    GroupType type = GroupType.find(row.getInt(3)).orElseThrow();
    return new Group(row.getLong(1), row.getString(2), type, row.getString(4));
  }
}
