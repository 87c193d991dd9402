package io.orlop.identity.token;

import io.orlop.identity.Attempt;
import io.orlop.identity.Authenticator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Takes a personal token in place of its owner's password. It is random, so that nobody guesses it:
 * wrong ones are refused at once, and count for nothing.
 */
@ApplicationScoped
class PersonalTokenAuthenticator implements Authenticator {
  private static final int BEFORE_PASSWORDS = -10;

  private final PersonalTokens tokens;

  PersonalTokenAuthenticator(PersonalTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public int order() {
    return BEFORE_PASSWORDS;
  }

  @Override
  public Result authenticate(Attempt attempt) {
    if (!PersonalTokens.isToken(attempt.password())) {
      return new Result.NotMine();
    }
    Optional<PersonalTokens.Known> known =
        tokens.find(attempt.password()).filter(token -> token.belongsTo(attempt.username()));
    if (known.isEmpty()) {
      return new Result.Rejected();
    }
    tokens.used(known.get(), attempt.address());
    return new Result.Authenticated(known.get().principal());
  }
}
