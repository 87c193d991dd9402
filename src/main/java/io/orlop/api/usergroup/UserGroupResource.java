package io.orlop.api.usergroup;

import io.orlop.access.Authenticated;
import io.orlop.access.RequiresSystemPermission;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiDoor;
import io.orlop.api.Changes;
import io.orlop.api.Created;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.api.PathId;
import io.orlop.identity.group.Group;
import io.orlop.identity.group.GroupQueries;
import io.orlop.identity.group.GroupService;
import io.orlop.platform.error.ErrorCode;
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

/** Groups of people. */
@Path("/api/v2.0/usergroups")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class UserGroupResource {
  /** What the audit log calls a group. */
  static final String TYPE = "usergroup";

  private final GroupService groups;
  private final GroupQueries queries;
  private final Pages pages;
  private final Created created;
  private final Changes changes;

  UserGroupResource(
      GroupService groups, GroupQueries queries, Pages pages, Created created, Changes changes) {
    this.changes = changes;
    this.groups = groups;
    this.queries = queries;
    this.pages = pages;
    this.created = created;
  }

  @GET
  @RequiresSystemPermission(SystemPermission.USER_GROUP_LIST)
  public RestResponse<List<UserGroupResponse>> list(
      @RestQuery("group_name") @Nullable String name,
      @RestQuery("ldap_group_dn") @Nullable String dn,
      @RestQuery @Nullable String page,
      @RestQuery("page_size") @Nullable String pageSize,
      @Context HttpServerRequest request) {
    PageRequest wanted = PageRequest.parse(page, pageSize);
    GroupQueries.Page<Group> found =
        queries.list(text(name), text(dn), wanted.limit(), wanted.offset());
    return pages.answer(
        found.items().stream().map(UserGroupResponse::of).toList(), found.total(), wanted, request);
  }

  /** Finds groups by a part of their name. */
  @GET
  @Path("/search")
  @Authenticated
  public RestResponse<List<UserGroupResponse>> search(
      @RestQuery("groupname") @Nullable String name,
      @RestQuery @Nullable String page,
      @RestQuery("page_size") @Nullable String pageSize,
      @Context HttpServerRequest request) {
    // "?groupname" without a value is another thing than none.
    if (name == null && !request.params().contains("groupname")) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception("groupname in query is required");
    }
    if (text(name).isEmpty()) {
      throw ErrorCode.BAD_REQUEST.exception("need to provide groupname to search user group");
    }
    PageRequest wanted = PageRequest.parse(page, pageSize);
    GroupQueries.Page<Group> found = queries.search(text(name), wanted.limit(), wanted.offset());
    return pages.answer(
        found.items().stream().map(UserGroupResponse::found).toList(),
        found.total(),
        wanted,
        request);
  }

  @POST
  @APIResponse(responseCode = "201", description = "Made; Location says where it is.")
  @RequiresSystemPermission(SystemPermission.USER_GROUP_CREATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@Nullable UserGroupBody body, @Context HttpServerRequest request) {
    UserGroupBody wanted = required(body);
    long id = groups.create(wanted.name(), wanted.type(), wanted.entry());
    changes.ofSystem(Changes.CREATE, TYPE, wanted.name());
    return created.at(request, id);
  }

  @GET
  @Path("/{group_id}")
  @RequiresSystemPermission(SystemPermission.USER_GROUP_READ)
  public UserGroupResponse get(@RestPath("group_id") String groupId) {
    return UserGroupResponse.of(queries.get(id(groupId)));
  }

  /** Gives a group another name; its type and entry stay. */
  @PUT
  @Path("/{group_id}")
  @RequiresSystemPermission(SystemPermission.USER_GROUP_UPDATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response update(@RestPath("group_id") String groupId, @Nullable UserGroupBody body) {
    String name = required(body).name();
    groups.rename(id(groupId), name);
    changes.ofSystem(Changes.UPDATE, TYPE, name);
    return Response.ok().build();
  }

  @DELETE
  @Path("/{group_id}")
  @RequiresSystemPermission(SystemPermission.USER_GROUP_DELETE)
  public Response delete(@RestPath("group_id") String groupId) {
    Group group = queries.get(id(groupId));
    groups.delete(group.id());
    changes.ofSystem(Changes.DELETE, TYPE, group.name());
    return Response.ok().build();
  }

  static long id(String text) {
    long id = PathId.parse("group_id", text);
    if (id <= 0) {
      throw ErrorCode.BAD_REQUEST.exception("the group id should be provided");
    }
    return id;
  }

  private static UserGroupBody required(@Nullable UserGroupBody body) {
    if (body == null) {
      throw ErrorCode.BAD_REQUEST.exception("usergroup in body is required");
    }
    return body;
  }

  private static String text(@Nullable String parameter) {
    String text = parameter == null ? "" : parameter;
    if (text.indexOf(0) >= 0) {
      throw ErrorCode.BAD_REQUEST.exception("a text in query holds a NUL");
    }
    return text;
  }
}
