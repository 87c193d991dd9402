package io.orlop.identity;

import io.orlop.identity.token.CliSecrets;
import io.orlop.identity.token.TokenUses;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.Optional;

/**
 * Vouches for the accounts of Orlop's own database, which are known by their name or e-mail
 * address, by their password or by the secret that they chose for their command line.
 */
@ApplicationScoped
class LocalAuthenticator implements Authenticator {
  private final Credentials credentials;
  private final PasswordCheck passwords;
  private final CliSecrets cliSecrets;
  private final TokenUses uses;

  LocalAuthenticator(
      Credentials credentials, PasswordCheck passwords, CliSecrets cliSecrets, TokenUses uses) {
    this.cliSecrets = cliSecrets;
    this.uses = uses;
    this.credentials = credentials;
    this.passwords = passwords;
  }

  @Override
  public int order() {
    return 0;
  }

  @Override
  public Result authenticate(Attempt attempt) {
    Optional<Credentials.Credential> found = credentials.find(attempt.username());
    if (found.isEmpty()) {
      return new Result.NotMine();
    }
    Credentials.Credential credential = found.get();
    if (isCliSecret(credential, attempt)) {
      return byCliSecret(credential, attempt);
    }
    if (credential.passwordHash() == null) {
      passwords.pretend(attempt);
      return new Result.Rejected();
    }
    return passwords.matches(attempt, credential)
        ? new Result.Authenticated(credential.principal())
        : new Result.Rejected();
  }

  private boolean isCliSecret(Credentials.Credential credential, Attempt attempt) {
    return credential.cliSecret() != null
        && cliSecrets.matches(
            credential.principal().id(),
            Base64.getMimeDecoder().decode(credential.cliSecret()),
            attempt.password());
  }

  /** It was chosen, so it can be guessed: a right one too has to wait after many wrong ones. */
  private Result byCliSecret(Credentials.Credential credential, Attempt attempt) {
    Principal.UserPrincipal user = credential.principal();
    long tokenId = credential.cliTokenId();
    if (!passwords.passes(attempt, user.key(), "token:" + tokenId, _ -> true)) {
      return new Result.Rejected();
    }
    uses.note(tokenId, attempt.address());
    return new Result.Authenticated(
        new Principal.PersonalToken(user, tokenId, TokenScope.EVERYTHING));
  }
}
