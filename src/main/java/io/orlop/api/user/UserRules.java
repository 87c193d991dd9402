package io.orlop.api.user;

import io.orlop.access.SystemPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiGate;
import io.orlop.api.Refusals;
import io.orlop.identity.Principal;
import io.orlop.identity.RegistrationLimit;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;

/** What callers may do to accounts, their own among them. */
@ApplicationScoped
class UserRules {
  /** The first account: somebody has to be left. */
  private static final long FIRST = 1;

  private final ApiGate gate;
  private final ApiCall call;
  private final Settings settings;
  private final RegistrationLimit registrations;

  UserRules(ApiGate gate, ApiCall call, Settings settings, RegistrationLimit registrations) {
    this.registrations = registrations;
    this.settings = settings;
    this.gate = gate;
    this.call = call;
  }

  /** People make their account in a browser; a request of it has shown that it is not forged. */
  void requireCreatable() {
    if (gate.allows(SystemPermission.USER_CREATE)) {
      return;
    }
    if (!settings.selfRegistration()) {
      throw Refusals.of(call);
    }
    if (!call.isFromBrowser()) {
      throw ErrorCode.FORBIDDEN.exception("self-registration cannot be triggered via API");
    }
    registrations.take(call.address());
  }

  void requireReadable(long id) {
    if (!isOwn(id) && !gate.allows(SystemPermission.USER_READ)) {
      throw Refusals.of(call, "Not authorized to read user: " + id);
    }
  }

  void requireModifiable(long id) {
    if (!isOwnInFull(id) && !gate.allows(SystemPermission.USER_UPDATE)) {
      throw Refusals.of(call, "User with ID " + id + " can't be updated");
    }
  }

  void requireDeletable(long id) {
    if (isOwn(id) || id == FIRST) {
      throw ErrorCode.FORBIDDEN.exception("User with ID " + id + " cannot be deleted");
    }
  }

  boolean isOwn(long id) {
    return switch (call.principal()) {
      case Principal.UserPrincipal user -> user.id() == id;
      case Principal.PersonalToken token -> token.user().id() == id;
      case Principal.RobotPrincipal _, Principal.Anonymous _ -> false;
    };
  }

  private boolean isOwnInFull(long id) {
    return isOwn(id)
        && !(call.principal() instanceof Principal.PersonalToken token
            && !token.scope().isEverything());
  }
}
