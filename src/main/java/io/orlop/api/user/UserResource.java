package io.orlop.api.user;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.Authenticated;
import io.orlop.access.PublicEndpoint;
import io.orlop.access.RequiresSystemPermission;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiDoor;
import io.orlop.api.Bodies;
import io.orlop.api.Changes;
import io.orlop.api.Created;
import io.orlop.api.ListQuery;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.api.PathId;
import io.orlop.identity.Principal;
import io.orlop.identity.UserService;
import io.orlop.identity.user.UserInfo;
import io.orlop.identity.user.UserProfile;
import io.orlop.identity.user.UserQueries;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.event.DomainEvent;
import io.orlop.platform.query.Criteria;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Accounts of people. */
@Path("/api/v2.0/users")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class UserResource {
  private final UserService users;
  private final UserQueries queries;
  private final UserRules rules;
  private final CliSecretView secrets;
  private final Pages pages;
  private final Created created;
  private final Changes changes;

  UserResource(
      UserService users,
      UserQueries queries,
      UserRules rules,
      CliSecretView secrets,
      Pages pages,
      Created created,
      Changes changes) {
    this.changes = changes;
    this.secrets = secrets;
    this.users = users;
    this.queries = queries;
    this.rules = rules;
    this.pages = pages;
    this.created = created;
  }

  /** What everybody who is signed in may know of an account. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Found(long userId, String username) {}

  /** Whether somebody may do everything; absent means no. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Administrator(boolean sysadminFlag) {}

  /** Whether somebody may read everything; absent means no. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Auditor(boolean auditorFlag) {}

  /** Makes an account: administrators always, others for themselves where that is allowed. */
  @POST
  @APIResponse(responseCode = "201", description = "Made; Location says where it is.")
  @PublicEndpoint
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@Nullable CreateUserRequest body, @Context HttpServerRequest request) {
    rules.requireCreatable();
    CreateUserRequest wanted = Bodies.required(body, "userReq");
    String password = wanted.validPassword();
    String username = wanted.validUsername();
    long id = users.create(username, wanted.profile(), password);
    changes.happened(new DomainEvent.UserCreated(username));
    return created.at(request, id);
  }

  @GET
  @RequiresSystemPermission(SystemPermission.USER_LIST)
  public RestResponse<List<UserResponse>> list(
      @BeanParam ListQuery query,
      @RestQuery @Nullable String username,
      @RestQuery @Nullable String email,
      @Context HttpServerRequest request) {
    PageRequest page = query.pageRequest();
    Criteria criteria = queries.read(query.q(), query.sort());
    criteria = containing(criteria, UserQueries.Field.USERNAME, username);
    criteria = containing(criteria, UserQueries.Field.EMAIL, email);
    UserQueries.Page found = queries.list(criteria, page.limit(), page.offset());
    return pages.answer(
        found.users().stream().map(user -> UserResponse.of(user, null)).toList(),
        found.total(),
        page,
        request);
  }

  /** Finds accounts by a part of their name. */
  @GET
  @Path("/search")
  @Authenticated
  public RestResponse<List<Found>> search(
      @RestQuery @Nullable String username,
      @RestQuery @Nullable String page,
      @RestQuery("page_size") @Nullable String pageSize,
      @Context HttpServerRequest request) {
    if (username == null) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception("username in query is required");
    }
    PageRequest wanted = PageRequest.parse(page, pageSize);
    Criteria criteria = containing(queries.read(null, null), UserQueries.Field.USERNAME, username);
    UserQueries.Page found = queries.list(criteria, wanted.limit(), wanted.offset());
    return pages.answer(
        found.users().stream().map(user -> new Found(user.id(), user.username())).toList(),
        found.total(),
        wanted,
        request);
  }

  @GET
  @Path("/{user_id}")
  @Authenticated
  public UserResponse get(@RestPath("user_id") String userId) {
    long id = id(userId);
    rules.requireReadable(id);
    return UserResponse.of(user(id), secrets.of(id));
  }

  /** Replaces what is known of somebody. */
  @PUT
  @Path("/{user_id}")
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  public Response update(@RestPath("user_id") String userId, @Nullable UserProfileRequest body) {
    long id = id(userId);
    rules.requireModifiable(id);
    UserProfile profile = Bodies.required(body, "profile").profile();
    users.updateProfile(id, profile);
    updated(id);
    return Response.ok().build();
  }

  /** Deletes an account; its name is free from then on. */
  @DELETE
  @Path("/{user_id}")
  @RequiresSystemPermission(SystemPermission.USER_DELETE)
  public Response delete(@RestPath("user_id") String userId) {
    long id = id(userId);
    rules.requireDeletable(id);
    String name = name(id);
    users.delete(id);
    changes.happened(new DomainEvent.UserDeleted(name));
    return Response.ok().build();
  }

  /** Says whether somebody may do everything. */
  @PUT
  @Path("/{user_id}/sysadmin")
  @RequiresSystemPermission(SystemPermission.USER_UPDATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response setAdministrator(
      @RestPath("user_id") String userId, @Nullable Administrator body) {
    long id = id(userId);
    users.setSystemAdministrator(id, Bodies.required(body, "sysadmin_flag").sysadminFlag());
    updated(id);
    return Response.ok().build();
  }

  /** Says whether somebody may read everything. */
  @PUT
  @Path("/{user_id}/auditor")
  @RequiresSystemPermission(SystemPermission.USER_UPDATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response setAuditor(@RestPath("user_id") String userId, @Nullable Auditor body) {
    long id = id(userId);
    users.setAuditor(id, Bodies.required(body, "auditor_flag").auditorFlag());
    updated(id);
    return Response.ok().build();
  }

  private UserInfo user(long id) {
    return queries
        .find(id)
        .orElseThrow(() -> ErrorCode.NOT_FOUND.exception("user " + id + " not found"));
  }

  private static Criteria containing(
      Criteria criteria, UserQueries.Field field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return criteria;
    }
    if (text.indexOf(0) >= 0) {
      throw ErrorCode.BAD_REQUEST.exception("a text in query holds a NUL");
    }
    return UserQueries.containing(criteria, field, text);
  }

  private static long id(String text) {
    return PathId.parse("user_id", text);
  }

  private void updated(long id) {
    changes.happened(new DomainEvent.UserUpdated(name(id)));
  }

  private String name(long id) {
    return users.find(id).map(Principal::name).orElse("");
  }
}
