package io.orlop.api.user;

import io.orlop.api.ApiCall;
import io.orlop.identity.Principal;
import io.orlop.identity.token.CliSecret;
import io.orlop.identity.token.PersonalTokenService;
import io.orlop.platform.settings.AuthMode;
import io.orlop.platform.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Shows people the secret that they chose, in the place and mode in which Harbor does. */
@ApplicationScoped
class CliSecretView {
  private final PersonalTokenService tokens;
  private final Settings settings;
  private final ApiCall call;

  CliSecretView(PersonalTokenService tokens, Settings settings, ApiCall call) {
    this.tokens = tokens;
    this.settings = settings;
    this.call = call;
  }

  /** Returns the secret of an account if it is the caller's own; a token shows nobody another. */
  @Nullable CliSecretResponse of(long userId) {
    boolean own =
        call.principal() instanceof Principal.UserPrincipal caller && caller.id() == userId;
    if (!own || settings.authMode() != AuthMode.OIDC) {
      return null;
    }
    return tokens.cliSecret(userId).map(secret -> response(userId, secret)).orElse(null);
  }

  private static CliSecretResponse response(long userId, CliSecret secret) {
    return new CliSecretResponse(
        secret.id(), userId, "", secret.secret(), secret.createdAt(), secret.createdAt());
  }
}
