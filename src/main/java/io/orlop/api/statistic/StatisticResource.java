package io.orlop.api.statistic;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.Administration;
import io.orlop.access.Authenticated;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.catalog.project.ProjectCounts;
import io.orlop.catalog.project.StoredBytes;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How much there is of what the caller may see. */
@Path("/api/v2.0/statistics")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class StatisticResource {
  private final ProjectCounts counts;
  private final StoredBytes bytes;
  private final ApiCall call;
  private final Administration administration;

  StatisticResource(
      ProjectCounts counts, StoredBytes bytes, ApiCall call, Administration administration) {
    this.bytes = bytes;
    this.administration = administration;
    this.counts = counts;
    this.call = call;
  }

  /** The figures; totals are for those who see everything, others see 0. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Statistic(
      long privateProjectCount,
      long privateRepoCount,
      long publicProjectCount,
      long publicRepoCount,
      long totalProjectCount,
      long totalRepoCount,
      long totalStorageConsumption) {}

  @GET
  @Authenticated
  public Statistic get() {
    ProjectCounts.Totals seen = counts.visibleTo(call.principal());
    boolean everything = administration.seesAll(call.principal());
    return new Statistic(
        seen.privateProjects(),
        seen.privateRepositories(),
        seen.publicProjects(),
        seen.publicRepositories(),
        everything ? seen.privateProjects() + seen.publicProjects() : 0,
        everything ? seen.privateRepositories() + seen.publicRepositories() : 0,
        everything ? bytes.total() : 0);
  }
}
