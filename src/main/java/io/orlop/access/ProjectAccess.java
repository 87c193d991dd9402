package io.orlop.access;

import java.util.Set;

/**
 * What a principal may do in a project that exists.
 *
 * @param projectId the project; a project that is deleted and made again has another id
 * @param actions what is allowed; may be empty
 */
public record ProjectAccess(long projectId, Set<Action> actions) {
  /** Tells whether an action is allowed. */
  public boolean allows(Action action) {
    return actions.contains(action);
  }
}
