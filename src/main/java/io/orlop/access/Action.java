package io.orlop.access;

import java.util.Optional;

/** What can be done to a repository through the registry API. */
public enum Action {
  PULL("pull"),
  PUSH("push"),
  DELETE("delete");

  private final String wireName;

  Action(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the name in a token's scope. */
  public String wireName() {
    return wireName;
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
