package io.orlop.access;

import java.util.EnumSet;
import java.util.Set;

/** What a member of a project is. The ids are Harbor's: clients store them. */
public enum Role {
  PROJECT_ADMIN(1),
  DEVELOPER(2),
  GUEST(3),
  MAINTAINER(4),
  LIMITED_GUEST(5);

  private final int id;

  Role(int id) {
    this.id = id;
  }

  /** Returns the number that clients and the database use. */
  public int id() {
    return id;
  }

  /** Returns what the role may do to the project's repositories. */
  public Set<Action> actions() {
    return switch (this) {
      case PROJECT_ADMIN, MAINTAINER -> EnumSet.allOf(Action.class);
      case DEVELOPER -> EnumSet.of(Action.PULL, Action.PUSH);
      case GUEST, LIMITED_GUEST -> EnumSet.of(Action.PULL);
    };
  }

  /** Finds a role by its number. */
  static Role byId(int id) {
    for (Role role : values()) {
      if (role.id == id) {
        return role;
      }
    }
    throw new IllegalArgumentException("No role has the id " + id);
  }
}
