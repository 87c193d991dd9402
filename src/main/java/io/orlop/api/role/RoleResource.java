package io.orlop.api.role;

import io.orlop.access.Administration;
import io.orlop.access.Authenticated;
import io.orlop.access.RequiresSystemAdministrator;
import io.orlop.access.role.RoleService;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Bodies;
import io.orlop.api.Changes;
import io.orlop.api.Created;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.api.PathId;
import io.orlop.api.Refusals;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
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

/** Roles: made by system administrators, seen by those who give them. */
@Path("/api/v2.0/roles")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RoleResource {
  private static final String ROLE = "role";

  private final RoleService roles;
  private final Administration administration;
  private final ApiCall call;
  private final Pages pages;
  private final Created created;
  private final Changes changes;

  RoleResource(
      RoleService roles,
      Administration administration,
      ApiCall call,
      Pages pages,
      Created created,
      Changes changes) {
    this.changes = changes;
    this.roles = roles;
    this.administration = administration;
    this.call = call;
    this.pages = pages;
    this.created = created;
  }

  @GET
  @Authenticated
  public RestResponse<List<RoleResponse>> list(
      @RestQuery @Nullable String page,
      @RestQuery("page_size") @Nullable String pageSize,
      @Context HttpServerRequest request) {
    requireGiver();
    PageRequest part = PageRequest.parse(page, pageSize);
    RoleService.Page found = roles.list(part.limit(), part.offset());
    return pages.answer(
        found.roles().stream().map(RoleResponse::of).toList(), found.total(), part, request);
  }

  @POST
  @APIResponse(responseCode = "201")
  @RequiresSystemAdministrator
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@Nullable RoleRequest body, @Context HttpServerRequest request) {
    long id = roles.create(Bodies.required(body, "role").draft());
    changes.ofSystem(Changes.CREATE, ROLE, Long.toString(id));
    return created.at(request, id);
  }

  @GET
  @Path("/{role_id}")
  @Authenticated
  public RoleResponse get(@RestPath("role_id") String text) {
    requireGiver();
    long id = PathId.parse("role_id", text);
    return roles.find(id).map(RoleResponse::of).orElseThrow(() -> RoleService.unknown(id));
  }

  @PUT
  @Path("/{role_id}")
  @RequiresSystemAdministrator
  @Consumes(MediaType.APPLICATION_JSON)
  public Response update(@RestPath("role_id") String text, @Nullable RoleRequest body) {
    roles.update(PathId.parse("role_id", text), Bodies.required(body, "role").draft());
    changes.ofSystem(Changes.UPDATE, ROLE, text);
    return Response.ok().build();
  }

  @DELETE
  @Path("/{role_id}")
  @RequiresSystemAdministrator
  public Response delete(@RestPath("role_id") String text) {
    roles.delete(PathId.parse("role_id", text));
    changes.ofSystem(Changes.DELETE, ROLE, text);
    return Response.ok().build();
  }

  private void requireGiver() {
    if (!administration.seesAll(call.principal())
        && !administration.ofAnyProject(call.principal())) {
      throw Refusals.of(call);
    }
  }
}
