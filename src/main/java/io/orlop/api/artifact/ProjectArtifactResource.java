package io.orlop.api.artifact;

import io.orlop.access.ProjectPermission;
import io.orlop.access.RequiresPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Booleans;
import io.orlop.api.ListQuery;
import io.orlop.api.PageRequest;
import io.orlop.api.Refusals;
import io.orlop.catalog.inventory.ArtifactInfo;
import io.orlop.catalog.inventory.ArtifactQueries;
import io.orlop.catalog.inventory.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The artifacts of a whole project. */
@Path("/api/v2.0/projects/{project_name_or_id}/artifacts")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ProjectArtifactResource {
  private final ArtifactQueries artifacts;
  private final ApiCall call;
  private final ArtifactPages pages;

  ProjectArtifactResource(ArtifactQueries artifacts, ApiCall call, ArtifactPages pages) {
    this.artifacts = artifacts;
    this.call = call;
    this.pages = pages;
  }

  /** Lists what is listed in any repository, newest first; never for anonymous callers. */
  @GET
  @RequiresPermission(ProjectPermission.ARTIFACT_LIST)
  public RestResponse<List<ArtifactResponse>> list(
      @BeanParam ListQuery query,
      @BeanParam DetailQuery details,
      @RestQuery("latest_in_repository") @Nullable String latest,
      @Context HttpServerRequest request) {
    if (call.isAnonymous()) {
      throw Refusals.of(call);
    }
    PageRequest page = query.pageRequest();
    Page<ArtifactInfo> found =
        artifacts.list(
            call.project().projectId(),
            call.project().repositories(ProjectPermission.ARTIFACT_LIST),
            ArtifactPages.wanted(query, page),
            Booleans.parse(latest).orElse(false),
            details.details());
    return pages.answer(found, page, request);
  }
}
