package io.orlop.identity;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Finds out what has become of those who signed in earlier. */
@ApplicationScoped
public class Principals {
  private final Credentials credentials;
  private final Database database;

  Principals(Credentials credentials, Database database) {
    this.credentials = credentials;
    this.database = database;
  }

  /**
   * Reads again who a principal is now.
   *
   * @return anonymous if the account is gone or disabled, or its password or secret was changed
   */
  public Principal now(Principal holder) {
    return switch (holder) {
      case Principal.UserPrincipal user ->
          current(user).<Principal>map(current -> current).orElse(Principal.ANONYMOUS);
      case Principal.PersonalToken token ->
          current(token.user())
              .filter(_ -> isLive(token))
              .<Principal>map(
                  user -> new Principal.PersonalToken(user, token.tokenId(), token.scope()))
              .orElse(Principal.ANONYMOUS);
      case Principal.RobotPrincipal robot -> isLive(robot) ? robot : Principal.ANONYMOUS;
      case Principal.Anonymous anonymous -> anonymous;
    };
  }

  private Optional<Principal.UserPrincipal> current(Principal.UserPrincipal user) {
    return credentials
        .find(user.id())
        .map(Credentials.Credential::principal)
        .filter(current -> current.credentialVersion() == user.credentialVersion());
  }

  private boolean isLive(Principal.PersonalToken token) {
    return database.exists(
        """
        SELECT FROM personal_token WHERE id = ? AND user_id = ?
           AND (expires_at IS NULL OR expires_at > now())
        """,
        token.tokenId(),
        token.user().id());
  }

  private boolean isLive(Principal.RobotPrincipal robot) {
    return database.exists(
        """
        SELECT FROM robot WHERE id = ? AND credential_version = ? AND NOT disabled
           AND (expires_at IS NULL OR expires_at > now())
        """,
        robot.id(),
        robot.credentialVersion());
  }
}
