package io.orlop.api.artifact;

import io.orlop.access.ProjectPermission;
import io.orlop.access.RequiresPermission;
import io.orlop.api.ApiDoor;
import io.orlop.api.ListQuery;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.catalog.inventory.ArtifactInfo;
import io.orlop.catalog.inventory.ArtifactQueries;
import io.orlop.catalog.inventory.ArtifactQueries.Wanted;
import io.orlop.catalog.inventory.Page;
import io.orlop.catalog.inventory.Window;
import io.orlop.platform.http.PublicUrls;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
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
  private final Pages pages;
  private final PublicUrls urls;

  ArtifactResource(
      ArtifactQueries artifacts,
      ArtifactFinder finder,
      CopyRequests copies,
      Pages pages,
      PublicUrls urls) {
    this.artifacts = artifacts;
    this.finder = finder;
    this.copies = copies;
    this.pages = pages;
    this.urls = urls;
  }

  /** Lists what is listed, newest first; nothing of a repository that does not exist. */
  @GET
  @RequiresPermission(ProjectPermission.ARTIFACT_LIST)
  public RestResponse<List<ArtifactResponse>> list(
      @BeanParam ListQuery query,
      @BeanParam DetailQuery details,
      @Context HttpServerRequest request) {
    PageRequest page = query.pageRequest();
    Wanted wanted = new Wanted(query.q(), query.sort(), new Window(page.limit(), page.offset()));
    Page<ArtifactInfo> found =
        finder
            .repository()
            .map(repository -> artifacts.list(repository, wanted, details.details()))
            .orElseGet(() -> new Page<>(List.of(), 0));
    String prefix = urls.of(request).prefix();
    return pages.answer(
        found.items().stream().map(one -> ArtifactResponse.of(one, prefix)).toList(),
        found.total(),
        page,
        request);
  }

  /** Copies an artifact of any repository to this one. */
  @POST
  @APIResponse(responseCode = "201")
  @APIResponse(responseCode = "405", description = "The project is a proxy cache.")
  @RequiresPermission(ProjectPermission.ARTIFACT_CREATE)
  public Response copy(@RestQuery @Nullable String from, @Context HttpServerRequest request) {
    String reference = copies.copy(from, finder.repository());
    String path = Objects.requireNonNull(request.path());
    String here = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, urls.of(request).prefix() + here + "/" + reference)
        .build();
  }
}
