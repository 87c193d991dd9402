package io.orlop.identity;

import io.orlop.identity.Authenticator.Result;
import io.orlop.platform.error.RegistryException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks the sources of identities, in order, whether a password is right. */
@ApplicationScoped
public class Authentication {
  private final List<Authenticator> sources;
  private final PasswordCheck passwords;

  Authentication(Instance<Authenticator> sources, PasswordCheck passwords) {
    this.sources = sources.stream().sorted(Comparator.comparingInt(Authenticator::order)).toList();
    this.passwords = passwords;
  }

  /**
   * Returns who this is; empty if the credentials are wrong.
   *
   * @throws RegistryException TOOMANYREQUESTS if too many wrong ones came before
   */
  public Optional<Principal> authenticate(Attempt attempt) {
    for (Authenticator source : sources) {
      switch (source.authenticate(attempt)) {
        case Result.Authenticated(Principal principal) -> {
          return Optional.of(principal);
        }
        case Result.Rejected _ -> {
          return Optional.empty();
        }
        case Result.NotMine _ -> {}
      }
    }
    passwords.pretend(attempt);
    return Optional.empty();
  }
}
