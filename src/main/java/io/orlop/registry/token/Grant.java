package io.orlop.registry.token;

import io.orlop.access.Action;
import io.orlop.oci.RepositoryName;
import java.util.Set;

/**
 * What a token allows on one repository.
 *
 * @param name the repository
 * @param projectId the project that the name led to when the token was given
 * @param actions what is allowed
 */
public record Grant(RepositoryName name, long projectId, Set<Action> actions) {
  public Grant {
    actions = Set.copyOf(actions);
  }
}
