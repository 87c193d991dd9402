package io.orlop.api.project;

import io.orlop.access.Authenticated;
import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.ProjectPermission;
import io.orlop.access.PublicEndpoint;
import io.orlop.access.RequiresPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Booleans;
import io.orlop.api.OmitEmpty;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.api.Refusals;
import io.orlop.catalog.project.ProjectInfo;
import io.orlop.catalog.project.ProjectService;
import io.orlop.identity.Principal;
import io.orlop.oci.ProjectName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.http.PublicUrls;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Projects. */
@Path("/api/v2.0/projects")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ProjectResource {
  private static final String NAME_IN_LOCATION = "X-Resource-Name-In-Location";

  private final ProjectService projects;
  private final Authorizer authorizer;
  private final ApiCall call;
  private final Pages pages;
  private final PublicUrls urls;

  ProjectResource(
      ProjectService projects, Authorizer authorizer, ApiCall call, Pages pages, PublicUrls urls) {
    this.projects = projects;
    this.authorizer = authorizer;
    this.call = call;
    this.pages = pages;
    this.urls = urls;
  }

  /** Whether a project can be deleted, and why not. */
  record Deletable(@OmitEmpty boolean deletable, @OmitEmpty String message) {}

  /** The parameters of a list. */
  record ListQuery(
      @RestQuery @Nullable String page,
      @RestQuery("page_size") @Nullable String pageSize,
      @RestQuery @Nullable String name,
      @RestQuery("public") @Nullable String isPublic,
      @RestQuery @Nullable String owner) {}

  @POST
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(
      @Nullable CreateProjectRequest body,
      @RestHeader(NAME_IN_LOCATION) @Nullable String nameInLocation,
      @Context HttpServerRequest request) {
    if (!call.principal().systemAdministrator()) {
      throw Refusals.of(call, "Only system admin can create project");
    }
    if (body == null) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception("project in body is required");
    }
    body.requireNoUpstream();
    ProjectName name = body.name();
    long id = projects.create(name, body.visibleToAll(), owner());
    String last = Booleans.parse(nameInLocation).orElse(false) ? name.value() : Long.toString(id);
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, urls.of(request).prefix() + "/api/v2.0/projects/" + last)
        .build();
  }

  /** Lists what the caller may see, by name. */
  @GET
  @PublicEndpoint
  public RestResponse<List<ProjectResponse>> list(
      @BeanParam ListQuery query, @Context HttpServerRequest request) {
    PageRequest page = PageRequest.parse(query.page(), query.pageSize());
    ProjectService.Filter filter =
        new ProjectService.Filter(
            present(query.name()), Booleans.parse(query.isPublic()), present(query.owner()));
    ProjectService.Page found =
        projects.list(call.principal(), filter, page.limit(), page.offset());
    Map<String, ProjectAccess> access =
        authorizer.decide(
            call.principal(), found.projects().stream().map(ProjectInfo::name).toList());
    List<ProjectResponse> items =
        found.projects().stream()
            .map(info -> ProjectResponse.of(info, Optional.ofNullable(access.get(info.name()))))
            .toList();
    return pages.answer(items, found.total(), page, request);
  }

  /** Tells whether a name is taken, also by a project that the caller may not see. */
  @HEAD
  @Authenticated
  public Response exists(@RestQuery("project_name") @Nullable String name) {
    if (name == null || name.isEmpty()) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception("project_name in query is required");
    }
    if (!projects.exists(name)) {
      throw ErrorCode.NOT_FOUND.exception("project " + name + " not found");
    }
    return Response.ok().build();
  }

  @GET
  @Path("/{project_name_or_id}")
  @RequiresPermission(ProjectPermission.PROJECT_READ)
  public ProjectResponse get() {
    return ProjectResponse.of(project(), Optional.of(call.project()));
  }

  @DELETE
  @Path("/{project_name_or_id}")
  @RequiresPermission(ProjectPermission.PROJECT_DELETE)
  public Response delete() {
    projects.delete(call.project().projectId());
    return Response.ok().build();
  }

  @GET
  @Path("/{project_name_or_id}/_deletable")
  @RequiresPermission(ProjectPermission.PROJECT_DELETE)
  public Deletable deletable() {
    return project().repositories() == 0
        ? new Deletable(true, "")
        : new Deletable(false, ProjectService.HAS_REPOSITORIES);
  }

  /** Reads the project in the path; it may have gone since its rights were looked at. */
  private ProjectInfo project() {
    ProjectAccess access = call.project();
    return projects
        .find(access.projectId())
        .orElseThrow(
            () -> ErrorCode.NOT_FOUND.exception("project " + access.name() + " not found"));
  }

  private Optional<Principal.UserPrincipal> owner() {
    return call.principal() instanceof Principal.UserPrincipal user
        ? Optional.of(user)
        : Optional.empty();
  }

  private static Optional<String> present(@Nullable String parameter) {
    return Optional.ofNullable(parameter).filter(text -> !text.isEmpty());
  }
}
