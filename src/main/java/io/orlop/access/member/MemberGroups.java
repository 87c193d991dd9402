package io.orlop.access.member;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Finds the groups that are to become members, and makes those that are not known yet: a directory
 * may have them.
 */
@ApplicationScoped
class MemberGroups {
  private static final int LDAP = 1;
  private static final int INTERNAL = 2;
  private static final int OIDC = 3;
  private static final int MAX_LENGTH = 255;

  private final Database database;

  MemberGroups(Database database) {
    this.database = database;
  }

  /** Finds a group that exists. */
  long require(NewMember.GroupId group) {
    return database
        .first("SELECT id FROM user_group WHERE id = ?", row -> row.getLong(1), group.id())
        .orElseThrow(
            () -> ErrorCode.NOT_FOUND.exception("user group " + group.id() + " not found"));
  }

  /** Finds or makes a group of a directory. */
  long obtain(NewMember.GroupDn group) {
    requireLength("ldap_group_dn", group.dn());
    Optional<Long> known =
        database.first(
            "SELECT id FROM user_group WHERE type = ? AND lower(ldap_dn) = lower(?)",
            row -> row.getLong(1),
            LDAP,
            group.dn());
    String name = group.name().isEmpty() ? firstValue(group.dn()) : group.name();
    return known
        .or(() -> insert(name, LDAP, group.dn()))
        .or(() -> insert(group.dn(), LDAP, group.dn()))
        .orElseThrow(MemberGroups::taken);
  }

  /** Finds or makes a group by its name. */
  long obtain(NewMember.GroupName group) {
    requireLength("group_name", group.name());
    int type = group.type() == 0 ? INTERNAL : group.type();
    if (type < LDAP || type > OIDC) {
      throw ErrorCode.BAD_REQUEST.exception("group_type in body must be 1, 2 or 3");
    }
    return find(group.name(), type)
        .or(() -> insert(group.name(), type, ""))
        .or(() -> find(group.name(), type)) // Somebody made it just now.
        .orElseThrow(MemberGroups::taken);
  }

  private Optional<Long> find(String name, int type) {
    return database.first(
        "SELECT id FROM user_group WHERE name = ? AND type = ?", row -> row.getLong(1), name, type);
  }

  private Optional<Long> insert(String name, int type, String dn) {
    return database.first(
        """
        INSERT INTO user_group (name, type, ldap_dn) VALUES (?, ?, ?)
        ON CONFLICT DO NOTHING RETURNING id
        """,
        row -> row.getLong(1),
        name,
        type,
        dn);
  }

  /** {@code cn=ops,ou=groups,dc=example} is called ops. */
  private static String firstValue(String dn) {
    int equals = dn.indexOf('=');
    int comma = dn.indexOf(',');
    String value = dn.substring(equals + 1, comma > equals ? comma : dn.length()).strip();
    return value.isEmpty() ? dn : value;
  }

  private static void requireLength(String member, String text) {
    if (text.length() > MAX_LENGTH) {
      throw ErrorCode.BAD_REQUEST.exception(
          member + " in body should be at most " + MAX_LENGTH + " chars long");
    }
  }

  private static RegistryException taken() {
    return ErrorCode.CONFLICT.exception("another group of this name is being made: try again");
  }
}
