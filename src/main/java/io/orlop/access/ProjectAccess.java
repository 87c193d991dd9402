package io.orlop.access;

import java.util.Optional;
import java.util.Set;

/**
 * What a principal may do in a project that exists.
 *
 * @param projectId the project; a project that is deleted and made again has another id
 * @param actions what is allowed to its repositories; may be empty
 * @param role what member of the project the principal is
 * @param administered whether the project itself may be changed and deleted
 */
public record ProjectAccess(
    long projectId, Set<Action> actions, Optional<Role> role, boolean administered) {
  /** Tells whether an action is allowed. */
  public boolean allows(Action action) {
    return actions.contains(action);
  }

  /** Tells whether the project may be seen: whoever may pull from it may. */
  public boolean readable() {
    return allows(Action.PULL);
  }
}
