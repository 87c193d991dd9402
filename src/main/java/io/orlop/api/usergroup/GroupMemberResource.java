package io.orlop.api.usergroup;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
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
import io.orlop.identity.user.UserInfo;
import io.orlop.identity.user.UserQueries;
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
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Who is in a group: Orlop's own, since Harbor leaves it to directories. */
@Path("/api/v2.0/usergroups/{group_id}/members")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class GroupMemberResource {
  private final GroupService groups;
  private final GroupQueries queries;
  private final UserQueries users;
  private final Pages pages;
  private final Created created;
  private final Changes changes;

  GroupMemberResource(
      GroupService groups,
      GroupQueries queries,
      UserQueries users,
      Pages pages,
      Created created,
      Changes changes) {
    this.changes = changes;
    this.groups = groups;
    this.queries = queries;
    this.users = users;
    this.pages = pages;
    this.created = created;
  }

  /** Somebody, by the id or else by the name. */
  @JsonNaming(SnakeCaseStrategy.class)
  record MemberRequest(@Nullable Long userId, @Nullable String username) {}

  /** Somebody in the group. */
  @JsonNaming(SnakeCaseStrategy.class)
  record MemberResponse(long userId, String username) {}

  @GET
  @RequiresSystemPermission(SystemPermission.USER_GROUP_READ)
  public RestResponse<List<MemberResponse>> list(
      @RestPath("group_id") String groupId,
      @RestQuery @Nullable String page,
      @RestQuery("page_size") @Nullable String pageSize,
      @Context HttpServerRequest request) {
    PageRequest wanted = PageRequest.parse(page, pageSize);
    long id = queries.get(UserGroupResource.id(groupId)).id();
    GroupQueries.Page<GroupQueries.Member> found =
        queries.members(id, wanted.limit(), wanted.offset());
    return pages.answer(
        found.items().stream()
            .map(member -> new MemberResponse(member.userId(), member.username()))
            .toList(),
        found.total(),
        wanted,
        request);
  }

  @POST
  @APIResponse(responseCode = "201", description = "Added; Location says where it is.")
  @RequiresSystemPermission(SystemPermission.USER_GROUP_UPDATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(
      @RestPath("group_id") String groupId,
      @Nullable MemberRequest body,
      @Context HttpServerRequest request) {
    Group group = queries.get(UserGroupResource.id(groupId));
    long userId = user(body);
    groups.add(group.id(), userId);
    changes.ofSystem(Changes.UPDATE, UserGroupResource.TYPE, group.name());
    return created.at(request, userId);
  }

  @DELETE
  @Path("/{user_id}")
  @RequiresSystemPermission(SystemPermission.USER_GROUP_UPDATE)
  public Response remove(@RestPath("group_id") String groupId, @RestPath("user_id") String userId) {
    Group group = queries.get(UserGroupResource.id(groupId));
    groups.remove(group.id(), PathId.parse("user_id", userId));
    changes.ofSystem(Changes.UPDATE, UserGroupResource.TYPE, group.name());
    return Response.ok().build();
  }

  private long user(@Nullable MemberRequest body) {
    Optional<Long> id = Optional.ofNullable(body).map(MemberRequest::userId);
    Optional<String> name =
        Optional.ofNullable(body).map(MemberRequest::username).filter(text -> !text.isEmpty());
    if (id.isEmpty() && name.isEmpty()) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception("user_id or username in body is required");
    }
    return id.or(() -> name.flatMap(users::find).map(UserInfo::id))
        .orElseThrow(() -> ErrorCode.NOT_FOUND.exception("user " + name.orElse("") + " not found"));
  }
}
