package io.orlop.api.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.ProjectAccess;
import io.orlop.access.ProjectPermission;
import io.orlop.access.RequiresPermission;
import io.orlop.access.Role;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.OmitEmpty;
import io.orlop.catalog.project.ProjectCounts;
import io.orlop.catalog.quota.Quotas;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a project amounts to. */
@Path("/api/v2.0/projects/{project_name_or_id}/summary")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ProjectSummaryResource {
  private final ProjectCounts counts;
  private final Quotas quotas;
  private final ApiCall call;

  ProjectSummaryResource(ProjectCounts counts, Quotas quotas, ApiCall call) {
    this.counts = counts;
    this.quotas = quotas;
    this.call = call;
  }

  /**
   * The summary; whoever may not list members or read quotas is not told of them.
   *
   * @param repoCount how many repositories it lists
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Summary(
      long repoCount,
      @OmitEmpty long projectAdminCount,
      @OmitEmpty long maintainerCount,
      @OmitEmpty long developerCount,
      @OmitEmpty long guestCount,
      @OmitEmpty long limitedGuestCount,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Quota quota,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UpstreamResponse registry) {}

  /** How much it may hold, and how much it holds. */
  record Quota(Resources hard, Resources used) {}

  /** Bytes; -1 for no limit. */
  record Resources(long storage) {}

  @GET
  @RequiresPermission(ProjectPermission.PROJECT_READ)
  public Summary get() {
    ProjectAccess access = call.project();
    Map<Integer, Long> members =
        access.allows(ProjectPermission.MEMBER_LIST)
            ? counts.membersByRole(access.projectId())
            : Map.of();
    return new Summary(
        counts.repositories(access.projectId()),
        count(members, Role.PROJECT_ADMIN),
        count(members, Role.MAINTAINER),
        count(members, Role.DEVELOPER),
        count(members, Role.GUEST),
        count(members, Role.LIMITED_GUEST),
        access.allows(ProjectPermission.QUOTA_READ) ? quota(access.projectId()) : null,
        null);
  }

  private @Nullable Quota quota(long projectId) {
    return quotas
        .ofProject(projectId)
        .map(quota -> new Quota(new Resources(quota.hard()), new Resources(quota.used())))
        .orElse(null);
  }

  private static long count(Map<Integer, Long> members, Role role) {
    return members.getOrDefault(role.id(), 0L);
  }
}
