package io.orlop.api.search;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.PublicEndpoint;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.OmitEmpty;
import io.orlop.api.project.ProjectResponse;
import io.orlop.catalog.project.ProjectInfo;
import io.orlop.catalog.project.ProjectSearch;
import io.orlop.platform.error.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Finds what the caller may see. */
@Path("/api/v2.0/search")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {
  private final ProjectSearch search;
  private final Authorizer authorizer;
  private final ApiCall call;

  SearchResource(ProjectSearch search, Authorizer authorizer, ApiCall call) {
    this.search = search;
    this.authorizer = authorizer;
    this.call = call;
  }

  /** What was found. */
  record Search(List<ProjectResponse> project, List<FoundRepository> repository) {}

  /** A repository that was found. */
  @JsonNaming(SnakeCaseStrategy.class)
  record FoundRepository(
      long projectId,
      String projectName,
      @OmitEmpty boolean projectPublic,
      String repositoryName,
      @OmitEmpty long pullCount,
      @OmitEmpty long artifactCount) {
    static FoundRepository of(ProjectSearch.FoundRepository found) {
      return new FoundRepository(
          found.projectId(),
          found.projectName(),
          found.isPublic(),
          found.name(),
          found.pulls(),
          found.artifacts());
    }
  }

  @GET
  @PublicEndpoint
  public Search find(@RestQuery @Nullable String q) {
    if (q == null) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception("q in query is required");
    }
    if (q.indexOf('\0') >= 0) {
      throw ErrorCode.BAD_REQUEST.exception("q in query has a NUL");
    }
    List<ProjectInfo> projects = search.projects(call.principal(), q);
    Map<String, ProjectAccess> access =
        authorizer.decide(call.principal(), projects.stream().map(ProjectInfo::name).toList());
    return new Search(
        projects.stream()
            .map(info -> ProjectResponse.of(info, Optional.ofNullable(access.get(info.name()))))
            .toList(),
        search.repositories(call.principal(), q).stream().map(FoundRepository::of).toList());
  }
}
