package io.orlop.api;

import io.orlop.identity.Principal;
import io.orlop.platform.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells which person calls, where an endpoint is about the caller. */
@ApplicationScoped
public class People {
  private final ApiCall call;

  People(ApiCall call) {
    this.call = call;
  }

  /** Returns the person who calls, also by a token. */
  public Principal.UserPrincipal calling() {
    return switch (call.principal()) {
      case Principal.UserPrincipal user -> user;
      case Principal.PersonalToken token -> token.user();
      case Principal.RobotPrincipal _ ->
          throw ErrorCode.PRECONDITION.exception(
              "get current user not available for security context: robot");
      case Principal.Anonymous _ -> throw Refusals.of(call);
    };
  }

  /**
   * Returns the person who calls with a password or in a session. What somebody finds who finds a
   * token is that token, not the means to make others or to read them.
   */
  public Principal.UserPrincipal inFull() {
    Principal.UserPrincipal person = calling();
    if (call.principal() instanceof Principal.PersonalToken) {
      throw ErrorCode.FORBIDDEN.exception(
          "a personal token cannot do this: sign in with the password");
    }
    return person;
  }
}
