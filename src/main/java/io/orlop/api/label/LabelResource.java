package io.orlop.api.label;

import io.orlop.access.Authenticated;
import io.orlop.access.ProjectPermission;
import io.orlop.access.PublicEndpoint;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiDoor;
import io.orlop.api.ApiGate;
import io.orlop.api.Bodies;
import io.orlop.api.Changes;
import io.orlop.api.Created;
import io.orlop.api.ListQuery;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.api.PathId;
import io.orlop.catalog.label.Label;
import io.orlop.catalog.label.Labels;
import io.orlop.catalog.label.NewLabel;
import io.orlop.platform.error.ErrorCode;
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
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Labels. Those of everybody are made by whoever has the right on the system, those of a project by
 * whoever has it there.
 */
@Path("/api/v2.0/labels")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class LabelResource {
  private final Labels labels;
  private final ApiGate gate;
  private final Pages pages;
  private final Created created;
  private final Changes changes;

  LabelResource(Labels labels, ApiGate gate, Pages pages, Created created, Changes changes) {
    this.changes = changes;
    this.labels = labels;
    this.gate = gate;
    this.pages = pages;
    this.created = created;
  }

  /** Lists everybody's labels, or those of one project. */
  @GET
  @PublicEndpoint
  public RestResponse<List<LabelResponse>> list(
      @BeanParam ListQuery query,
      @RestQuery @Nullable String name,
      @RestQuery @Nullable String scope,
      @RestQuery("project_id") @Nullable String projectId,
      @Context HttpServerRequest request) {
    PageRequest page = query.pageRequest();
    Optional<Long> owner = LabelRequest.owner(scope, number(projectId));
    owner.ifPresent(project -> gate.require(ProjectPermission.LABEL_LIST, project));
    Labels.Query wanted =
        new Labels.Query(
            owner,
            Optional.ofNullable(name).filter(text -> !text.isEmpty()),
            query.q(),
            query.sort());
    Labels.Page found = labels.list(wanted, page.limit(), page.offset());
    return pages.answer(
        found.labels().stream().map(LabelResponse::of).toList(), found.total(), page, request);
  }

  @POST
  @Authenticated
  @APIResponse(responseCode = "201", description = "Made; Location says where it is")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@Nullable LabelRequest body, @Context HttpServerRequest request) {
    LabelRequest asked = Bodies.required(body, "label");
    Optional<Long> owner = asked.owner();
    require(owner, SystemPermission.LABEL_CREATE, ProjectPermission.LABEL_CREATE);
    long id = labels.create(asked.label(), owner.orElse(null));
    changed(owner, Changes.CREATE, id);
    return created.at(request, id);
  }

  @GET
  @Path("/{label_id}")
  @PublicEndpoint
  public LabelResponse get(@RestPath("label_id") String id) {
    Label label = labels.require(PathId.parse("label_id", id));
    require(owner(label), SystemPermission.LABEL_READ, ProjectPermission.LABEL_READ);
    return LabelResponse.of(label);
  }

  /** Changes what people see of a label; whose it is stays. */
  @PUT
  @Path("/{label_id}")
  @Authenticated
  @Consumes(MediaType.APPLICATION_JSON)
  public Response update(@RestPath("label_id") String id, @Nullable LabelRequest body) {
    Label label = labels.require(PathId.parse("label_id", id));
    require(owner(label), SystemPermission.LABEL_UPDATE, ProjectPermission.LABEL_UPDATE);
    NewLabel changed = Bodies.required(body, "label").label();
    labels.update(label.id(), changed);
    changed(owner(label), Changes.UPDATE, label.id());
    return Response.ok().build();
  }

  @DELETE
  @Path("/{label_id}")
  @Authenticated
  public Response delete(@RestPath("label_id") String id) {
    Label label = labels.require(PathId.parse("label_id", id));
    require(owner(label), SystemPermission.LABEL_DELETE, ProjectPermission.LABEL_DELETE);
    labels.delete(label.id());
    changed(owner(label), Changes.DELETE, label.id());
    return Response.ok().build();
  }

  private void require(Optional<Long> owner, SystemPermission system, ProjectPermission project) {
    if (owner.isPresent()) {
      gate.require(project, owner.get());
    } else {
      gate.require(system);
    }
  }

  private static Optional<Long> owner(Label label) {
    return Optional.ofNullable(label.projectId());
  }

  private static @Nullable Long number(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw ErrorCode.UNPROCESSABLE_ENTITY
          .exception("project_id in query must be of type int64")
          .causedBy(e);
    }
  }

  private void changed(Optional<Long> owner, String operation, long id) {
    OptionalLong project = owner.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    changes.inProject(project, operation, "label", Long.toString(id));
  }
}
