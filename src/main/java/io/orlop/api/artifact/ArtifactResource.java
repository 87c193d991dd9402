package io.orlop.api.artifact;

import io.orlop.access.ProjectPermission;
import io.orlop.access.RequiresPermission;
import io.orlop.api.ApiDoor;
import io.orlop.api.Created;
import io.orlop.api.ListQuery;
import io.orlop.api.PageRequest;
import io.orlop.catalog.inventory.ArtifactInfo;
import io.orlop.catalog.inventory.ArtifactQueries;
import io.orlop.catalog.inventory.ArtifactQueries.Wanted;
import io.orlop.catalog.inventory.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The artifacts of a repository. */
@Path("/api/v2.0/projects/{project_name}/repositories/{repository_name}/artifacts")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ArtifactResource {
  private final ArtifactQueries artifacts;
  private final ArtifactFinder finder;
  private final CopyRequests copies;
  private final ArtifactPages pages;
  private final Created created;

  ArtifactResource(
      ArtifactQueries artifacts,
      ArtifactFinder finder,
      CopyRequests copies,
      ArtifactPages pages,
      Created created) {
    this.artifacts = artifacts;
    this.finder = finder;
    this.copies = copies;
    this.pages = pages;
    this.created = created;
  }

  /** Lists what is listed, newest first; nothing of a repository that does not exist. */
  @GET
  @RequiresPermission(ProjectPermission.ARTIFACT_LIST)
  public RestResponse<List<ArtifactResponse>> list(
      @BeanParam ListQuery query,
      @BeanParam DetailQuery details,
      @Context HttpServerRequest request) {
    PageRequest page = query.pageRequest();
    Wanted wanted = ArtifactPages.wanted(query, page);
    Page<ArtifactInfo> found =
        finder
            .repository()
            .map(repository -> artifacts.list(repository, wanted, details.details()))
            .orElseGet(() -> new Page<>(List.of(), 0));
    return pages.answer(found, page, request);
  }

  /** Copies an artifact of any repository to this one. */
  @POST
  @APIResponse(responseCode = "201")
  @APIResponse(responseCode = "405", description = "The project is a proxy cache.")
  @RequiresPermission(ProjectPermission.ARTIFACT_CREATE)
  public Response copy(@RestQuery @Nullable String from, @Context HttpServerRequest request) {
    return created.at(request, copies.copy(from, finder.repository()));
  }
}
