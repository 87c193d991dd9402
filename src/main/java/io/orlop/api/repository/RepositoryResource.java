package io.orlop.api.repository;

import io.orlop.access.ProjectPermission;
import io.orlop.access.RequiresPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Bodies;
import io.orlop.api.Changes;
import io.orlop.api.ListQuery;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.catalog.artifact.RepositoryDeletion;
import io.orlop.catalog.inventory.ArtifactQueries.Wanted;
import io.orlop.catalog.inventory.Page;
import io.orlop.catalog.inventory.RepositoryInfo;
import io.orlop.catalog.inventory.RepositoryQueries;
import io.orlop.catalog.inventory.Window;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.event.DomainEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The repositories of a project. */
@Path("/api/v2.0/projects/{project_name}/repositories")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RepositoryResource {
  private static final String ONE = "/{repository_name}";

  private final RepositoryQueries repositories;
  private final RepositoryDeletion deletion;
  private final ApiCall call;
  private final Pages pages;
  private final Changes changes;

  RepositoryResource(
      RepositoryQueries repositories,
      RepositoryDeletion deletion,
      ApiCall call,
      Pages pages,
      Changes changes) {
    this.changes = changes;
    this.repositories = repositories;
    this.deletion = deletion;
    this.call = call;
    this.pages = pages;
  }

  /** Lists them, newest first. */
  @GET
  @RequiresPermission(ProjectPermission.REPOSITORY_LIST)
  public RestResponse<List<RepositoryResponse>> list(
      @BeanParam ListQuery query, @Context HttpServerRequest request) {
    PageRequest page = query.pageRequest();
    Page<RepositoryInfo> found =
        repositories.list(
            call.project().projectId(),
            call.project().repositories(ProjectPermission.REPOSITORY_LIST),
            new Wanted(query.q(), query.sort(), new Window(page.limit(), page.offset())));
    return pages.answer(
        found.items().stream().map(RepositoryResponse::of).toList(), found.total(), page, request);
  }

  @GET
  @Path(ONE)
  @RequiresPermission(ProjectPermission.REPOSITORY_READ)
  public RepositoryResponse get() {
    return RepositoryResponse.of(repository());
  }

  /** Changes the description, which is all that can be changed. */
  @PUT
  @Path(ONE)
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission(ProjectPermission.REPOSITORY_UPDATE)
  public Response update(@Nullable RepositoryUpdate body) {
    String description =
        Objects.requireNonNullElse(Bodies.required(body, "repository").description(), "");
    if (!repositories.describe(repository().id(), description)) {
      throw absent();
    }
    return Response.ok().build();
  }

  /** Deletes a repository and all artifacts in it. */
  @DELETE
  @Path(ONE)
  @RequiresPermission(ProjectPermission.REPOSITORY_DELETE)
  public Response delete() {
    if (!deletion.delete(repository().id())) {
      throw absent();
    }
    changes.happened(
        new DomainEvent.RepositoryDeleted(
            call.project().projectId(), new RepositoryName(call.repository())));
    return Response.ok().build();
  }

  private RepositoryInfo repository() {
    if (call.repository().indexOf('\0') >= 0) {
      throw absent();
    }
    return repositories
        .find(call.project().projectId(), call.repository())
        .orElseThrow(this::absent);
  }

  private RegistryException absent() {
    return ErrorCode.NOT_FOUND.exception("repository " + call.repository() + " not found");
  }
}
