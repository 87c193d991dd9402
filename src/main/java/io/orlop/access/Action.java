package io.orlop.access;

import java.util.Optional;

/** What can be done to a repository through the registry API. */
public enum Action {
  PULL("pull", ProjectPermission.REPOSITORY_PULL),
  PUSH("push", ProjectPermission.REPOSITORY_PUSH),
  DELETE("delete", ProjectPermission.REPOSITORY_DELETE);

  private final String wireName;
  private final ProjectPermission permission;

  Action(String wireName, ProjectPermission permission) {
    this.wireName = wireName;
    this.permission = permission;
  }

  /** Returns the name in a token's scope. */
  public String wireName() {
    return wireName;
  }

  /** Returns the permission that it takes. */
  public ProjectPermission permission() {
    return permission;
  }

  /** Finds an action by its name in a token's scope. */
  public static Optional<Action> byWireName(String name) {
    for (Action action : values()) {
      if (action.wireName.equals(name)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
