package io.orlop.api.repository;

import io.orlop.access.PublicEndpoint;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.ListQuery;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.catalog.inventory.ArtifactQueries.Wanted;
import io.orlop.catalog.inventory.Page;
import io.orlop.catalog.inventory.RepositoryInfo;
import io.orlop.catalog.inventory.RepositoryQueries;
import io.orlop.catalog.inventory.Window;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** The repositories of all projects. */
@Path("/api/v2.0/repositories")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class AllRepositoriesResource {
  private final RepositoryQueries repositories;
  private final ApiCall call;
  private final Pages pages;

  AllRepositoriesResource(RepositoryQueries repositories, ApiCall call, Pages pages) {
    this.repositories = repositories;
    this.call = call;
    this.pages = pages;
  }

  /** Lists what the caller may see, newest first. */
  @GET
  @PublicEndpoint
  public RestResponse<List<RepositoryResponse>> list(
      @BeanParam ListQuery query, @Context HttpServerRequest request) {
    PageRequest page = query.pageRequest();
    Page<RepositoryInfo> found =
        repositories.list(
            call.principal(),
            new Wanted(query.q(), query.sort(), new Window(page.limit(), page.offset())));
    return pages.answer(
        found.items().stream().map(RepositoryResponse::of).toList(), found.total(), page, request);
  }
}
