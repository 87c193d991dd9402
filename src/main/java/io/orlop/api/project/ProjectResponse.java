package io.orlop.api.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.ProjectAccess;
import io.orlop.api.OmitEmpty;
import io.orlop.catalog.project.ProjectInfo;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A project in the contract's words.
 *
 * @param currentUserRoleId the caller's role; left out for whoever is no member
 */
@JsonNaming(SnakeCaseStrategy.class)
record ProjectResponse(
    long projectId,
    String name,
    @OmitEmpty long ownerId,
    @OmitEmpty String ownerName,
    Instant creationTime,
    Instant updateTime,
    @OmitEmpty int currentUserRoleId,
    List<Integer> currentUserRoleIds,
    long repoCount,
    Metadata metadata,
    Allowlist cveAllowlist) {

  /** The settings of a project, all of them texts. */
  record Metadata(@JsonProperty("public") String isPublic) {}

  /** The vulnerabilities that do not count: none yet. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Allowlist(long projectId, List<String> items, String creationTime, String updateTime) {
    private static final String NEVER = "0001-01-01T00:00:00.000Z";

    static Allowlist empty(long projectId) {
      return new Allowlist(projectId, List.of(), NEVER, NEVER);
    }
  }

  static ProjectResponse of(ProjectInfo project, Optional<ProjectAccess> access) {
    List<Integer> roles = access.map(ProjectAccess::roles).orElse(List.of());
    return new ProjectResponse(
        project.id(),
        project.name(),
        Objects.requireNonNullElse(project.ownerId(), 0L),
        Objects.requireNonNullElse(project.ownerName(), ""),
        project.createdAt(),
        project.updatedAt(),
        roles.isEmpty() ? 0 : roles.getFirst(),
        roles,
        project.repositories(),
        new Metadata(Boolean.toString(project.isPublic())),
        Allowlist.empty(project.id()));
  }
}
