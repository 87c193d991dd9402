package io.orlop.registry.v2;

import io.orlop.catalog.RepositoryRef;
import io.orlop.identity.Principal;
import jakarta.enterprise.context.RequestScoped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who makes this request, and on which repository they were authorised. */
@RequestScoped
class RegistryCall {
  private Principal principal = Principal.ANONYMOUS;
  private @Nullable RepositoryRef repository;

  void authorised(Principal who) {
    principal = who;
  }

  void authorised(Principal who, RepositoryRef where) {
    principal = who;
    repository = where;
  }

  Principal principal() {
    return principal;
  }

  RepositoryRef repository() {
    return Objects.requireNonNull(repository, "The endpoint works on no repository");
  }
}
