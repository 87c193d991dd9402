package io.orlop.api.user;

import io.orlop.access.Authenticated;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.ApiGate;
import io.orlop.api.Bodies;
import io.orlop.api.Changes;
import io.orlop.api.PathId;
import io.orlop.api.Refusals;
import io.orlop.identity.Principal;
import io.orlop.identity.UserService;
import io.orlop.identity.token.PersonalTokenService;
import io.orlop.identity.user.Passwords;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.event.DomainEvent;
import io.orlop.platform.settings.AuthMode;
import io.orlop.platform.settings.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The secrets that people choose for their command lines where they sign in elsewhere. */
@Path("/api/v2.0/users/{user_id}/cli_secret")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CliSecretResource {
  private final PersonalTokenService tokens;
  private final Settings settings;
  private final UserRules rules;
  private final ApiGate gate;
  private final ApiCall call;
  private final UserService users;
  private final Changes changes;

  CliSecretResource(
      PersonalTokenService tokens,
      Settings settings,
      UserRules rules,
      ApiGate gate,
      ApiCall call,
      UserService users,
      Changes changes) {
    this.users = users;
    this.changes = changes;
    this.tokens = tokens;
    this.settings = settings;
    this.rules = rules;
    this.gate = gate;
    this.call = call;
  }

  /** The secret. */
  record SecretRequest(@Nullable String secret) {
    String valid() {
      return Passwords.require(Objects.requireNonNullElse(secret, ""));
    }
  }

  /** Replaces the secret: the one before is refused from then on. */
  @PUT
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  public Response set(@RestPath("user_id") String userId, @Nullable SecretRequest body) {
    long id = PathId.parse("user_id", userId);
    AuthMode mode = settings.authMode();
    if (mode != AuthMode.OIDC) {
      throw ErrorCode.PRECONDITION.exception(
          "unable to update CLI secret under authmode: " + mode.wireName());
    }
    boolean own = rules.isOwn(id) && !(call.principal() instanceof Principal.PersonalToken);
    if (!own && !gate.allows(SystemPermission.USER_UPDATE)) {
      throw Refusals.of(call, "Not authorized to update the CLI secret for user: " + id);
    }
    tokens.setCliSecret(id, Bodies.required(body, "secret").valid());
    users.find(id).ifPresent(user -> changes.happened(new DomainEvent.UserUpdated(user.name())));
    return Response.ok().build();
  }
}
