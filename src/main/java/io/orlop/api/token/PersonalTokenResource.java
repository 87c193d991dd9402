package io.orlop.api.token;

import io.orlop.access.Authenticated;
import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.ProjectPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Bodies;
import io.orlop.api.Changes;
import io.orlop.api.Created;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.api.PathId;
import io.orlop.api.People;
import io.orlop.identity.Principal;
import io.orlop.identity.TokenScope;
import io.orlop.identity.token.PersonalTokenService;
import io.orlop.platform.error.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The caller's personal tokens: Orlop's own. */
@Path("/api/v2.0/users/current/tokens")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PersonalTokenResource {
  private final PersonalTokenService tokens;
  private final Authorizer authorizer;
  private final ApiCall call;
  private final People people;
  private final Pages pages;
  private final Created created;
  private final Changes changes;

  PersonalTokenResource(
      PersonalTokenService tokens,
      Authorizer authorizer,
      ApiCall call,
      People people,
      Pages pages,
      Created created,
      Changes changes) {
    this.changes = changes;
    this.tokens = tokens;
    this.authorizer = authorizer;
    this.call = call;
    this.people = people;
    this.pages = pages;
    this.created = created;
  }

  /**
   * A token that was just made.
   *
   * @param token what nobody can read again
   */
  record NewToken(long id, String name, String token) {}

  @GET
  @Authenticated
  public RestResponse<List<TokenResponse>> list(
      @RestQuery @Nullable String page,
      @RestQuery("page_size") @Nullable String pageSize,
      @Context HttpServerRequest request) {
    PageRequest wanted = PageRequest.parse(page, pageSize);
    PersonalTokenService.Page found = tokens.list(people.inFull(), wanted.limit(), wanted.offset());
    return pages.answer(
        found.tokens().stream().map(TokenResponse::of).toList(), found.total(), wanted, request);
  }

  @POST
  @APIResponse(
      responseCode = "201",
      description = "Made; the token is in the body, and shown this once.",
      content = @Content(schema = @Schema(implementation = NewToken.class)))
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@Nullable TokenBody body, @Context HttpServerRequest request) {
    Principal.UserPrincipal owner = people.inFull();
    TokenBody wanted = Bodies.required(body, "token");
    String name = wanted.validName();
    TokenScope scope = new TokenScope(wanted.level(), projects(wanted));
    PersonalTokenService.Issued issued =
        tokens.issue(owner, name, scope, wanted.expiry(Instant.now()));
    tell(Changes.CREATE, owner, name);
    return created.at(request, issued.id(), new NewToken(issued.id(), name, issued.token()));
  }

  @DELETE
  @Path("/{token_id}")
  @Authenticated
  public Response revoke(@RestPath("token_id") String tokenId) {
    long id = PathId.parse("token_id", tokenId);
    Principal.UserPrincipal owner = people.inFull();
    String name =
        tokens
            .revoke(owner, id)
            .orElseThrow(() -> ErrorCode.NOT_FOUND.exception("token " + id + " not found"));
    tell(Changes.DELETE, owner, name);
    return Response.ok().build();
  }

  private void tell(String operation, Principal.UserPrincipal owner, String token) {
    changes.ofSystem(operation, "token", owner.name() + ":" + token);
  }

  private Set<Long> projects(TokenBody body) {
    return body.projects().stream()
        .map(this::project)
        .map(ProjectAccess::projectId)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** One that the caller may not see looks like one that does not exist. */
  private ProjectAccess project(TokenBody.ProjectRef wanted) {
    Optional<ProjectAccess> access =
        switch (wanted) {
          case TokenBody.ProjectRef.Named(String name) -> authorizer.decide(call.principal(), name);
          case TokenBody.ProjectRef.Numbered(long id) -> authorizer.decide(call.principal(), id);
        };
    String shown =
        switch (wanted) {
          case TokenBody.ProjectRef.Named(String name) -> name;
          case TokenBody.ProjectRef.Numbered(long id) -> Long.toString(id);
        };
    return access
        .filter(found -> found.allowsSomewhere(ProjectPermission.PROJECT_READ))
        .orElseThrow(() ->
            ErrorCode.BAD_REQUEST.exception(
                "scope.projects in body: project " + shown + " not found"));
  }
}
