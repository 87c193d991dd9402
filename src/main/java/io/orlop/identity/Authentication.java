package io.orlop.identity;

import io.orlop.identity.Authenticator.Result;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks the sources of identities, in order, whether a password is right. */
@ApplicationScoped
public class Authentication {
  private final List<Authenticator> sources;

  Authentication(Instance<Authenticator> sources) {
    this.sources = sources.stream().sorted(Comparator.comparingInt(Authenticator::order)).toList();
  }

  /** Returns who this is; empty if the credentials are wrong. */
  public Optional<Principal> authenticate(String username, String password) {
    for (Authenticator source : sources) {
      switch (source.authenticate(username, password)) {
        case Result.Authenticated authenticated -> {
          return Optional.of(authenticated.principal());
        }
        case Result.Rejected _ -> {
          return Optional.empty();
        }
        case Result.NotMine _ -> {}
      }
    }
    return Optional.empty();
  }
}
