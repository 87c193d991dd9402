package io.orlop.api.project;

import io.orlop.access.ProjectPermission;
import io.orlop.access.RequiresPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Bodies;
import io.orlop.api.ListQuery;
import io.orlop.api.Pages;
import io.orlop.api.Refusals;
import io.orlop.catalog.project.ProjectService;
import io.orlop.platform.error.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The scanner of a project, as Harbor answers where there is none. */
@Path("/api/v2.0/projects/{project_name_or_id}/scanner")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ProjectScannerResource {
  private static final int MAX_LENGTH = 255;

  private final ProjectService projects;
  private final ApiCall call;
  private final Pages pages;

  ProjectScannerResource(ProjectService projects, ApiCall call, Pages pages) {
    this.projects = projects;
    this.call = call;
    this.pages = pages;
  }

  /** Which scanner to use. */
  record ProjectScanner(@Nullable String uuid) {}

  /** Nobody in particular may not ask, not even of a public project. */
  @GET
  @RequiresPermission(ProjectPermission.SCANNER_READ)
  public RestResponse<ScannerRegistration> get() {
    if (call.isAnonymous()) {
      throw Refusals.of(call);
    }
    return RestResponse.ResponseBuilder.<ScannerRegistration>ok().build();
  }

  @PUT
  @RequiresPermission(ProjectPermission.SCANNER_CREATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response set(@Nullable ProjectScanner body) {
    String uuid = Bodies.required(body == null ? null : body.uuid(), "uuid");
    if (uuid.length() > MAX_LENGTH) {
      throw ErrorCode.BAD_REQUEST.exception("uuid in body is too long");
    }
    projects.keepScanner(call.project().projectId(), uuid);
    return Response.ok().build();
  }

  @GET
  @Path("/candidates")
  @RequiresPermission(ProjectPermission.SCANNER_CREATE)
  public RestResponse<List<ScannerRegistration>> candidates(
      @BeanParam ListQuery query, @Context HttpServerRequest request) {
    return pages.answer(List.of(), 0, query.pageRequest(), request);
  }
}
