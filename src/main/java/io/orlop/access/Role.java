package io.orlop.access;

import java.util.Set;

/** What a member of a project is. The ids are Harbor's: clients store them. */
public enum Role {
  PROJECT_ADMIN(1, Set.of(Action.PULL, Action.PUSH, Action.DELETE)),
  DEVELOPER(2, Set.of(Action.PULL, Action.PUSH)),
  GUEST(3, Set.of(Action.PULL)),
  MAINTAINER(4, Set.of(Action.PULL, Action.PUSH, Action.DELETE)),
  LIMITED_GUEST(5, Set.of(Action.PULL));

  private final int id;
  private final Set<Action> actions;

  Role(int id, Set<Action> actions) {
    this.id = id;
    this.actions = actions;
  }

  /** Returns the number that clients and the database use. */
  public int id() {
    return id;
  }

  /** Returns what the role may do to the project's repositories. */
  public Set<Action> actions() {
    return actions;
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
