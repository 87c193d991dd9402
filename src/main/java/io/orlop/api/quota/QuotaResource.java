package io.orlop.api.quota;

import io.orlop.access.RequiresSystemPermission;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiDoor;
import io.orlop.api.Bodies;
import io.orlop.api.Changes;
import io.orlop.api.ListQuery;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.api.PathId;
import io.orlop.catalog.quota.Quotas;
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
import java.util.OptionalLong;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Quotas of projects. */
@Path("/api/v2.0/quotas")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class QuotaResource {
  /** There are quotas of nothing else. */
  private static final String PROJECT = "project";

  private final Quotas quotas;
  private final Pages pages;
  private final Changes changes;

  QuotaResource(Quotas quotas, Pages pages, Changes changes) {
    this.changes = changes;
    this.quotas = quotas;
    this.pages = pages;
  }

  /** Lists quotas, those of the newest projects first if nothing else is asked for. */
  @GET
  @RequiresSystemPermission(SystemPermission.QUOTA_LIST)
  public RestResponse<List<QuotaResponse>> list(
      @BeanParam ListQuery query,
      @RestQuery @Nullable String reference,
      @RestQuery("reference_id") @Nullable String referenceId,
      @Context HttpServerRequest request) {
    PageRequest page = query.pageRequest();
    if (reference != null && !reference.isEmpty() && !reference.equals(PROJECT)) {
      return pages.answer(List.of(), 0, page, request);
    }
    Quotas.Query wanted = new Quotas.Query(projectId(referenceId), query.q(), query.sort());
    Quotas.Page found = quotas.list(wanted, page.limit(), page.offset());
    return pages.answer(
        found.quotas().stream().map(QuotaResponse::of).toList(), found.total(), page, request);
  }

  @GET
  @Path("/{id}")
  @RequiresSystemPermission(SystemPermission.QUOTA_READ)
  public QuotaResponse get(@RestPath String id) {
    long quota = PathId.parse("id", id);
    return quotas.find(quota).map(QuotaResponse::of).orElseThrow(() -> Quotas.unknown(quota));
  }

  @PUT
  @Path("/{id}")
  @RequiresSystemPermission(SystemPermission.QUOTA_UPDATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response update(@RestPath String id, @Nullable QuotaUpdateRequest body) {
    QuotaUpdateRequest wanted = Bodies.required(body, "hard");
    quotas.limit(PathId.parse("id", id), wanted.storage());
    changes.ofSystem(Changes.UPDATE, "quota", id);
    return Response.ok().build();
  }

  /** Whatever is no number is nobody's id. */
  private static OptionalLong projectId(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1);
  }
}
