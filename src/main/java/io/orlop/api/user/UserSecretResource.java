package io.orlop.api.user;

import io.orlop.access.Authenticated;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Bodies;
import io.orlop.api.Changes;
import io.orlop.api.PathId;
import io.orlop.identity.Attempt;
import io.orlop.identity.UserService;
import io.orlop.identity.user.Passwords;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.event.DomainEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What people sign in with. */
@Path("/api/v2.0/users/{user_id}/password")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class UserSecretResource {
  private final UserService users;
  private final UserRules rules;
  private final ApiCall call;
  private final Changes changes;

  UserSecretResource(UserService users, UserRules rules, ApiCall call, Changes changes) {
    this.changes = changes;
    this.users = users;
    this.rules = rules;
    this.call = call;
  }

  /** Changes a password. Everybody who is signed in with the old one is signed out. */
  @PUT
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  public Response changePassword(
      @RestPath("user_id") String userId, @Nullable PasswordRequest body) {
    long id = PathId.parse("user_id", userId);
    rules.requireModifiable(id);
    PasswordRequest wanted = Bodies.required(body, "password");
    if (rules.isOwn(id)) {
      requireCurrent(id, wanted);
    }
    users.changePassword(id, Passwords.require(wanted.after()));
    users.find(id).ifPresent(user -> changes.happened(new DomainEvent.UserUpdated(user.name())));
    return Response.ok().build();
  }

  private void requireCurrent(long id, PasswordRequest wanted) {
    Attempt attempt = new Attempt(call.principal().name(), wanted.before(), call.address());
    if (!users.isPassword(id, attempt)) {
      throw ErrorCode.FORBIDDEN.exception("Current password is incorrect");
    }
    Passwords.require(wanted.after());
    if (wanted.after().equals(wanted.before())) {
      throw ErrorCode.BAD_REQUEST.exception("New password is identical to old password");
    }
  }
}
