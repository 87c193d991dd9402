package io.orlop.api.project;

import io.orlop.access.Authenticated;
import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.ProjectPermission;
import io.orlop.access.PublicEndpoint;
import io.orlop.access.RequiresPermission;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.ApiGate;
import io.orlop.api.Bodies;
import io.orlop.api.Booleans;
import io.orlop.api.Changes;
import io.orlop.api.Created;
import io.orlop.api.OmitEmpty;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.api.Refusals;
import io.orlop.catalog.project.NewProject;
import io.orlop.catalog.project.ProjectInfo;
import io.orlop.catalog.project.ProjectList;
import io.orlop.catalog.project.ProjectService;
import io.orlop.identity.Principal;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.settings.ProjectCreation;
import io.orlop.platform.settings.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
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
  private final ProjectList list;
  private final Settings settings;
  private final Authorizer authorizer;
  private final ApiGate gate;
  private final ApiCall call;
  private final Pages pages;
  private final Created created;
  private final Changes changes;

  ProjectResource(
      ProjectService projects,
      ProjectList list,
      Settings settings,
      Authorizer authorizer,
      ApiGate gate,
      ApiCall call,
      Pages pages,
      Created created,
      Changes changes) {
    this.changes = changes;
    this.projects = projects;
    this.list = list;
    this.settings = settings;
    this.authorizer = authorizer;
    this.gate = gate;
    this.call = call;
    this.pages = pages;
    this.created = created;
  }

  /** Whether a project can be deleted, and why not. */
  record Deletable(@OmitEmpty boolean deletable, @OmitEmpty String message) {}

  /**
   * The parameters of a list.
   *
   * @param withDetail makes no difference: details cost nothing here
   */
  record ListQuery(
      @RestQuery @Nullable String page,
      @RestQuery("page_size") @Nullable String pageSize,
      @RestQuery @Nullable String name,
      @RestQuery("public") @Nullable String isPublic,
      @RestQuery @Nullable String owner,
      @RestQuery @Nullable String q,
      @RestQuery @Nullable String sort,
      @RestQuery("with_detail") @Nullable String withDetail) {}

  /**
   * Makes a project. Its maker owns it; what a robot account makes belongs to the first system
   * administrator.
   */
  @POST
  @Authenticated
  @APIResponse(responseCode = "201", description = "Made; Location says where it is")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(
      @Nullable ProjectRequest body,
      @RestHeader(NAME_IN_LOCATION) @Nullable String nameInLocation,
      @Context HttpServerRequest request) {
    boolean everything = gate.allows(SystemPermission.PROJECT_CREATE);
    requireCreator(everything);
    ProjectRequest asked = Bodies.required(body, "project");
    asked.requireNoUpstream();
    NewProject made =
        new NewProject(
            asked.name(),
            asked.visibleToAll().orElse(false),
            asked.settings(Map.of()),
            everything ? asked.limit() : OptionalLong.empty());
    long id = projects.create(made, owner());
    String last =
        Booleans.parse(nameInLocation).orElse(false) ? made.name().value() : Long.toString(id);
    return created.at(request, last);
  }

  /** Lists what the caller may see, by name if nothing else is asked for. */
  @GET
  @PublicEndpoint
  public RestResponse<List<ProjectResponse>> list(
      @BeanParam ListQuery query, @Context HttpServerRequest request) {
    PageRequest page = PageRequest.parse(query.page(), query.pageSize());
    ProjectList.Query wanted =
        new ProjectList.Query(
            present(query.name()),
            Booleans.parse(query.isPublic()),
            present(query.owner()),
            query.q(),
            query.sort());
    ProjectList.Page found = list.list(call.principal(), wanted, page.limit(), page.offset());
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

  /** Changes what the body names; the rest stays. */
  @PUT
  @Path("/{project_name_or_id}")
  @RequiresPermission(ProjectPermission.PROJECT_UPDATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response update(@Nullable ProjectRequest body) {
    ProjectRequest asked = Bodies.required(body, "project");
    ProjectInfo current = project();
    projects.update(
        current.id(),
        new ProjectService.Change(
            asked.visibleToAll(),
            asked.settings(current.metadata()),
            Optional.ofNullable(asked.cveAllowlist()).map(list -> list.changeOf(current.id()))));
    changes.inProject(Changes.UPDATE, "project", current.name());
    return Response.ok().build();
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

  private void requireCreator(boolean everything) {
    boolean person =
        switch (call.principal()) {
          case Principal.UserPrincipal _ -> true;
          case Principal.PersonalToken token -> token.scope().isEverything();
          case Principal.RobotPrincipal robot -> {
            if (robot.projectId() != null) {
              throw Refusals.of(call, "Only system level robot can create project");
            }
            yield false;
          }
          case Principal.Anonymous _ -> false;
        };
    if (!everything
        && (!person || settings.projectCreationRestriction() == ProjectCreation.ADMIN_ONLY)) {
      throw Refusals.of(call, "Only system admin can create project");
    }
  }

  private Optional<Long> owner() {
    return switch (call.principal()) {
      case Principal.UserPrincipal user -> Optional.of(user.id());
      case Principal.PersonalToken token -> Optional.of(token.user().id());
      case Principal.RobotPrincipal _ -> projects.firstAdministrator();
      case Principal.Anonymous _ -> Optional.empty();
    };
  }

  private static Optional<String> present(@Nullable String parameter) {
    return Optional.ofNullable(parameter).filter(text -> !text.isEmpty());
  }
}
