package io.orlop.access.member;

/** Who is to become a member, in one of the ways in which a client may say it. */
public sealed interface NewMember {
  /** A user by id. */
  record UserId(long id) implements NewMember {}

  /** A user by name. */
  record UserName(String name) implements NewMember {}

  /** A group by id. */
  record GroupId(long id) implements NewMember {}

  /**
   * A group of a directory by its distinguished name, made if it is unknown.
   *
   * @param name how to call it then; empty for its name in the directory
   */
  record GroupDn(String dn, String name) implements NewMember {}

  /** A group by its name and type, made if it is unknown. */
  record GroupName(String name, int type) implements NewMember {}
}
