package io.orlop.api.project;

import io.orlop.access.ProjectPermission;
import io.orlop.access.RequiresPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Changes;
import io.orlop.catalog.project.MetadataKey;
import io.orlop.catalog.project.ProjectInfo;
import io.orlop.catalog.project.ProjectMetadata;
import io.orlop.catalog.project.ProjectService;
import io.orlop.platform.error.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What is set for a project, one setting at a time. */
@Path("/api/v2.0/projects/{project_name_or_id}/metadatas")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ProjectMetadataResource {
  private final ProjectMetadata metadata;
  private final ProjectService projects;
  private final ApiCall call;
  private final Changes changes;

  ProjectMetadataResource(
      ProjectMetadata metadata, ProjectService projects, ApiCall call, Changes changes) {
    this.changes = changes;
    this.metadata = metadata;
    this.projects = projects;
    this.call = call;
  }

  @GET
  @RequiresPermission(ProjectPermission.METADATA_LIST)
  public Map<String, String> list() {
    return projects
        .find(projectId())
        .map(ProjectInfo::settings)
        .orElseThrow(
            () -> ErrorCode.NOT_FOUND.exception("project " + call.project().name() + " not found"));
  }

  @POST
  @RequiresPermission(ProjectPermission.METADATA_CREATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(@Nullable Map<String, @Nullable String> body) {
    Map.Entry<String, @Nullable String> pair = only(body);
    MetadataKey key = key(pair.getKey());
    metadata.add(projectId(), key, value(key, pair.getValue()));
    changes.inProject(Changes.UPDATE, "project", call.project().name());
    return Response.ok().build();
  }

  @GET
  @Path("/{meta_name}")
  @RequiresPermission(ProjectPermission.METADATA_READ)
  public Map<String, String> get(@RestPath("meta_name") String name) {
    MetadataKey key = MetadataKey.find(name).orElseThrow(() -> ProjectMetadata.unset(name));
    return Map.of(name, metadata.require(projectId(), key));
  }

  @PUT
  @Path("/{meta_name}")
  @RequiresPermission(ProjectPermission.METADATA_UPDATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response change(
      @RestPath("meta_name") String name, @Nullable Map<String, @Nullable String> body) {
    MetadataKey key = key(name);
    Map.Entry<String, @Nullable String> pair = only(body);
    if (!pair.getKey().equals(name)) {
      throw ErrorCode.BAD_REQUEST.exception("the body must contain the key: " + name);
    }
    metadata.change(projectId(), key, value(key, pair.getValue()));
    changes.inProject(Changes.UPDATE, "project", call.project().name());
    return Response.ok().build();
  }

  @DELETE
  @Path("/{meta_name}")
  @RequiresPermission(ProjectPermission.METADATA_DELETE)
  public Response delete(@RestPath("meta_name") String name) {
    metadata.remove(
        projectId(), MetadataKey.find(name).orElseThrow(() -> ProjectMetadata.unset(name)));
    changes.inProject(Changes.UPDATE, "project", call.project().name());
    return Response.ok().build();
  }

  private long projectId() {
    return call.project().projectId();
  }

  private static Map.Entry<String, @Nullable String> only(
      @Nullable Map<String, @Nullable String> body) {
    if (body == null || body.size() != 1) {
      throw ErrorCode.BAD_REQUEST.exception("the body must contain exactly one key and its value");
    }
    return body.entrySet().iterator().next();
  }

  private static MetadataKey key(String name) {
    return MetadataKey.find(name)
        .orElseThrow(() -> ErrorCode.BAD_REQUEST.exception("invalid metadata: " + name));
  }

  private static String value(MetadataKey key, @Nullable String value) {
    return key.read(value == null ? "" : value);
  }
}
