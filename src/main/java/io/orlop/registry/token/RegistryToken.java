package io.orlop.registry.token;

import io.orlop.identity.Principal;
import io.orlop.oci.RepositoryName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a verified token says.
 *
 * @param principal who holds it
 * @param grants what it allows
 * @param catalog whether it allows to list all repositories
 * @param expiresAt when it ends
 */
public record RegistryToken(
    Principal principal, List<Grant> grants, boolean catalog, Instant expiresAt) {
  public RegistryToken {
    grants = List.copyOf(grants);
  }

  /** Finds what the token allows on a repository. */
  public Optional<Grant> grantFor(RepositoryName name) {
    return grants.stream().filter(grant -> grant.name().equals(name)).findFirst();
  }
}
