package io.orlop.api.session;

import io.orlop.access.PublicEndpoint;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Changes;
import io.orlop.api.SignInCookies;
import io.orlop.identity.Attempt;
import io.orlop.identity.Authentication;
import io.orlop.identity.Principal;
import io.orlop.identity.session.Sessions;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.event.DomainEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestCookie;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/** Begins and ends sessions. */
@Path("/c")
@ApiDoor
@RunOnVirtualThread
public class SignInResource {
  private final Authentication authentication;
  private final Sessions sessions;
  private final SignInCookies cookies;
  private final ApiCall call;
  private final Changes changes;

  SignInResource(
      Authentication authentication,
      Sessions sessions,
      SignInCookies cookies,
      ApiCall call,
      Changes changes) {
    this.changes = changes;
    this.authentication = authentication;
    this.sessions = sessions;
    this.cookies = cookies;
    this.call = call;
  }

  /** Begins a session. Only a password is worth one: programs keep what they have. */
  @POST
  @Path("/login")
  @PublicEndpoint
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response login(
      @RestForm @Nullable String principal,
      @RestForm @Nullable String password,
      @RestCookie(SignInCookies.SESSION) @Nullable String before,
      @RestHeader(HttpHeaders.USER_AGENT) @Nullable String userAgent,
      @Context HttpServerRequest request) {
    Attempt attempt = new Attempt(text(principal), text(password), call.address());
    Optional<Principal.UserPrincipal> user =
        authentication.authenticate(attempt).flatMap(SignInResource::person);
    changes.happened(new DomainEvent.SignedIn(attempt.username(), user.isPresent(), false));
    if (user.isEmpty()) {
      throw ErrorCode.UNAUTHORIZED.exception("unauthorized: the name or the password is wrong");
    }
    if (before != null) {
      sessions.end(before);
    }
    String session = sessions.begin(user.get(), call.address(), text(userAgent));
    return Response.ok().cookie(cookies.session(session, request)).build();
  }

  /** Ends the session, if there is one. */
  @GET
  @Path("/log_out")
  @PublicEndpoint
  public Response logOut(
      @RestCookie(SignInCookies.SESSION) @Nullable String session,
      @Context HttpServerRequest request) {
    if (session == null) {
      return Response.ok().build();
    }
    if (!call.isAnonymous()) {
      changes.happened(new DomainEvent.SignedOut(call.principal().name()));
    }
    sessions.end(session);
    return Response.ok().cookie(cookies.endOfSession(request)).build();
  }

  private static Optional<Principal.UserPrincipal> person(Principal principal) {
    return switch (principal) {
      case Principal.UserPrincipal user -> Optional.of(user);
      case Principal.PersonalToken _, Principal.RobotPrincipal _, Principal.Anonymous _ ->
          Optional.empty();
    };
  }

  private static String text(@Nullable String sent) {
    return Objects.requireNonNullElse(sent, "");
  }
}
