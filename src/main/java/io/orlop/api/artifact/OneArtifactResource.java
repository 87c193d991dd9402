package io.orlop.api.artifact;

import io.orlop.access.ProjectPermission;
import io.orlop.access.RequiresPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Changes;
import io.orlop.api.ListQuery;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.api.PathId;
import io.orlop.catalog.artifact.ArtifactDeletion;
import io.orlop.catalog.artifact.ArtifactLabels;
import io.orlop.catalog.artifact.TagWriter;
import io.orlop.catalog.inventory.AccessoryInfo;
import io.orlop.catalog.inventory.Additions;
import io.orlop.catalog.inventory.ArtifactInfo;
import io.orlop.catalog.inventory.ArtifactQueries;
import io.orlop.catalog.inventory.Details;
import io.orlop.catalog.inventory.Page;
import io.orlop.catalog.inventory.TagInfo;
import io.orlop.oci.Digest;
import io.orlop.oci.InvalidNameException;
import io.orlop.oci.RepositoryName;
import io.orlop.oci.TagName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.event.DomainEvent;
import io.orlop.platform.http.PublicUrls;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** One artifact with its tags, accessories, additions and labels. */
@Path("/api/v2.0/projects/{project_name}/repositories/{repository_name}/artifacts/{reference}")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class OneArtifactResource {
  private final ArtifactQueries artifacts;
  private final ArtifactFinder finder;
  private final ArtifactDeletion deletion;
  private final TagWriter tags;
  private final ArtifactLabels labels;
  private final Additions additions;
  private final ApiCall call;
  private final Pages pages;
  private final PublicUrls urls;
  private final Changes changes;

  OneArtifactResource(
      ArtifactQueries artifacts,
      ArtifactFinder finder,
      ArtifactDeletion deletion,
      TagWriter tags,
      ArtifactLabels labels,
      Additions additions,
      ApiCall call,
      Pages pages,
      PublicUrls urls,
      Changes changes) {
    this.changes = changes;
    this.artifacts = artifacts;
    this.finder = finder;
    this.deletion = deletion;
    this.tags = tags;
    this.labels = labels;
    this.additions = additions;
    this.call = call;
    this.pages = pages;
    this.urls = urls;
  }

  /** Which tag to make. */
  record NewTag(@Nullable String name) {}

  /** Which label to put on. */
  record LabelId(@Nullable Long id) {}

  @GET
  @RequiresPermission(ProjectPermission.ARTIFACT_READ)
  public ArtifactResponse get(
      @RestPath String reference,
      @BeanParam DetailQuery details,
      @RestQuery @Nullable String page,
      @RestQuery("page_size") @Nullable String pageSize,
      @RestQuery("with_signature") @Nullable String withSignature,
      @Context HttpServerRequest request) {
    return ArtifactResponse.of(
        finder.require(reference, details.details()), urls.of(request).prefix());
  }

  /** Deletes the whole artifact, also when a tag names it. */
  @DELETE
  @RequiresPermission(ProjectPermission.ARTIFACT_DELETE)
  public Response delete(@RestPath String reference) {
    ArtifactInfo artifact = finder.require(reference, Details.NONE);
    boolean deleted =
        deletion.delete(
            artifact.repositoryId(),
            Digest.parse(artifact.digest()),
            ArtifactDeletion.Belongings.GO);
    if (!deleted) {
      throw ErrorCode.NOT_FOUND.exception(
          "artifact " + call.repository() + "@" + artifact.digest() + " not found");
    }
    changes.happened(
        new DomainEvent.ArtifactDeleted(
            call.project().projectId(), repository(), Digest.parse(artifact.digest())));
    return Response.ok().build();
  }

  /** Lists tags, newest first. */
  @GET
  @Path("/tags")
  @RequiresPermission(ProjectPermission.TAG_LIST)
  public RestResponse<List<TagResponse>> listTags(
      @RestPath String reference,
      @BeanParam ListQuery query,
      @RestQuery("with_immutable_status") @Nullable String withImmutableStatus,
      @Context HttpServerRequest request) {
    PageRequest page = query.pageRequest();
    Page<TagInfo> found =
        artifacts.tags(finder.require(reference, Details.NONE), ArtifactPages.wanted(query, page));
    return pages.answer(
        found.items().stream().map(TagResponse::of).toList(), found.total(), page, request);
  }

  /** Makes a tag that the repository does not have yet. */
  @POST
  @Path("/tags")
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(responseCode = "201")
  @APIResponse(responseCode = "405", description = "The project is a proxy cache.")
  @RequiresPermission(ProjectPermission.TAG_CREATE)
  public Response createTag(@RestPath String reference, @Nullable NewTag body) {
    if (body == null || body.name() == null) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception("tag.name in body is required");
    }
    ArtifactInfo artifact = finder.require(reference, Details.NONE);
    TagName name =
        tag(body.name())
            .orElseThrow(() ->
                ErrorCode.BAD_REQUEST.exception(
                    "tag.name in body: invalid tag name: " + body.name()));
    tags.create(artifact.id(), name);
    changes.happened(new DomainEvent.TagCreated(call.project().projectId(), repository(), name));
    return Response.status(Response.Status.CREATED).build();
  }

  @DELETE
  @Path("/tags/{tag_name}")
  @RequiresPermission(ProjectPermission.TAG_DELETE)
  public Response deleteTag(@RestPath String reference, @RestPath("tag_name") String name) {
    ArtifactInfo artifact = finder.require(reference, Details.NONE);
    boolean deleted =
        tag(name)
            .map(tag -> tags.delete(artifact.repositoryId(), artifact.id(), tag))
            .orElse(false);
    if (!deleted) {
      throw ErrorCode.NOT_FOUND.exception(
          "tag " + name + " attached to artifact " + artifact.id() + " not found");
    }
    changes.happened(
        new DomainEvent.TagDeleted(call.project().projectId(), repository(), new TagName(name)));
    return Response.ok().build();
  }

  /** Lists signatures and the like. */
  @GET
  @Path("/accessories")
  @RequiresPermission(ProjectPermission.ACCESSORY_LIST)
  public RestResponse<List<AccessoryResponse>> listAccessories(
      @RestPath String reference, @BeanParam ListQuery query, @Context HttpServerRequest request) {
    PageRequest page = query.pageRequest();
    Page<AccessoryInfo> found =
        artifacts.accessories(
            finder.require(reference, Details.NONE), ArtifactPages.wanted(query, page));
    return pages.answer(
        found.items().stream().map(AccessoryResponse::of).toList(), found.total(), page, request);
  }

  /** Nothing scans yet, so there is never a report. */
  @GET
  @Path("/additions/vulnerabilities")
  @RequiresPermission(ProjectPermission.ARTIFACT_ADDITION_READ)
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.STRING)))
  public Response vulnerabilities(
      @RestPath String reference,
      @RestHeader("X-Accept-Vulnerabilities") @Nullable String acceptVulnerabilities) {
    finder.require(reference, Details.NONE);
    return Response.ok("{}").type(MediaType.APPLICATION_JSON_TYPE).build();
  }

  @GET
  @Path("/additions/{addition}")
  @Produces(MediaType.WILDCARD)
  @RequiresPermission(ProjectPermission.ARTIFACT_ADDITION_READ)
  @APIResponse(
      responseCode = "200",
      content =
          @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)))
  public Response addition(@RestPath String reference, @RestPath String addition) {
    Additions.requireKnown(addition);
    Additions.Addition found = additions.read(finder.require(reference, Details.NONE), addition);
    return Response.ok(found.content()).type(found.contentType()).build();
  }

  /** Puts a label on: everybody's or the project's own. */
  @POST
  @Path("/labels")
  @Consumes(MediaType.APPLICATION_JSON)
  @RequiresPermission(ProjectPermission.ARTIFACT_LABEL_CREATE)
  public Response addLabel(@RestPath String reference, @Nullable LabelId body) {
    if (body == null || body.id() == null) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception("label.id in body is required");
    }
    labels.requireUsable(body.id(), call.project().projectId());
    labels.add(finder.require(reference, Details.NONE).id(), body.id());
    return Response.ok().build();
  }

  @DELETE
  @Path("/labels/{label_id}")
  @RequiresPermission(ProjectPermission.ARTIFACT_LABEL_DELETE)
  public Response removeLabel(@RestPath String reference, @RestPath("label_id") String label) {
    long id = PathId.parse("label_id", label);
    labels.remove(finder.require(reference, Details.NONE).id(), id);
    return Response.ok().build();
  }

  private static Optional<TagName> tag(String name) {
    try {
      return Optional.of(new TagName(name));
    } catch (InvalidNameException _) {
      return Optional.empty();
    }
  }

  private RepositoryName repository() {
    return new RepositoryName(call.repository());
  }
}
