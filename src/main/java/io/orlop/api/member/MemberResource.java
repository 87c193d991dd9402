package io.orlop.api.member;

import io.orlop.access.ProjectPermission;
import io.orlop.access.RequiresPermission;
import io.orlop.access.member.MemberService;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Bodies;
import io.orlop.api.Changes;
import io.orlop.api.Created;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.api.PathId;
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
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Members of a project. */
@Path("/api/v2.0/projects/{project_name_or_id}/members")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MemberResource {
  private static final String MEMBER = "member";

  private final MemberService members;
  private final ApiCall call;
  private final Pages pages;
  private final Created created;
  private final Changes changes;

  MemberResource(
      MemberService members, ApiCall call, Pages pages, Created created, Changes changes) {
    this.changes = changes;
    this.members = members;
    this.call = call;
    this.pages = pages;
    this.created = created;
  }

  /** The parameters of a list. */
  record ListQuery(
      @RestQuery @Nullable String page,
      @RestQuery("page_size") @Nullable String pageSize,
      @RestQuery @Nullable String entityname) {}

  @GET
  @RequiresPermission(ProjectPermission.MEMBER_LIST)
  public RestResponse<List<MemberResponse>> list(
      @BeanParam ListQuery query, @Context HttpServerRequest request) {
    PageRequest page = PageRequest.parse(query.page(), query.pageSize());
    MemberService.Page found =
        members.list(
            projectId(),
            Objects.requireNonNullElse(query.entityname(), ""),
            page.limit(),
            page.offset());
    return pages.answer(
        found.members().stream().map(MemberResponse::of).toList(), found.total(), page, request);
  }

  @POST
  @APIResponse(responseCode = "201")
  @RequiresPermission(ProjectPermission.MEMBER_CREATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(@Nullable MemberRequest body, @Context HttpServerRequest request) {
    MemberRequest member = Bodies.required(body, "project_member");
    long id = members.add(projectId(), member.who(), member.role());
    changes.inProject(Changes.CREATE, MEMBER, Long.toString(id));
    return created.at(request, id);
  }

  @GET
  @Path("/{mid}")
  @RequiresPermission(ProjectPermission.MEMBER_READ)
  public MemberResponse get(@RestPath String mid) {
    long id = PathId.parse("mid", mid);
    return members
        .find(projectId(), id)
        .map(MemberResponse::of)
        .orElseThrow(() -> MemberService.unknown(id));
  }

  @PUT
  @Path("/{mid}")
  @RequiresPermission(ProjectPermission.MEMBER_UPDATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response change(@RestPath String mid, @Nullable MemberRequest body) {
    MemberRequest member = Bodies.required(body, "role");
    members.change(projectId(), PathId.parse("mid", mid), member.role());
    changes.inProject(Changes.UPDATE, MEMBER, mid);
    return Response.ok().build();
  }

  @DELETE
  @Path("/{mid}")
  @RequiresPermission(ProjectPermission.MEMBER_DELETE)
  public Response remove(@RestPath String mid) {
    members.remove(projectId(), PathId.parse("mid", mid));
    changes.inProject(Changes.DELETE, MEMBER, mid);
    return Response.ok().build();
  }

  private long projectId() {
    return call.project().projectId();
  }
}
