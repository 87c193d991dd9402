package io.orlop.api.project;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.ProjectAccess;
import io.orlop.api.OmitEmpty;
import io.orlop.api.allowlist.CveAllowlistResponse;
import io.orlop.catalog.project.ProjectInfo;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A project in the contract's words.
 *
 * @param registryId the upstream of a proxy cache; no project is one yet
 * @param deleted never: what is deleted is gone
 * @param togglable nothing that clients are told any more
 * @param currentUserRoleId the caller's role; left out for whoever is no member
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ProjectResponse(
    long projectId,
    String name,
    @OmitEmpty long ownerId,
    @OmitEmpty String ownerName,
    @OmitEmpty long registryId,
    @OmitEmpty boolean deleted,
    @OmitEmpty boolean togglable,
    Instant creationTime,
    Instant updateTime,
    @OmitEmpty int currentUserRoleId,
    List<Integer> currentUserRoleIds,
    long repoCount,
    MetadataFields metadata,
    CveAllowlistResponse cveAllowlist) {

  /** Describes a project to somebody who may see it. */
  public static ProjectResponse of(ProjectInfo project, Optional<ProjectAccess> access) {
    List<Integer> roles = access.map(ProjectAccess::roles).orElse(List.of());
    return new ProjectResponse(
        project.id(),
        project.name(),
        Objects.requireNonNullElse(project.ownerId(), 0L),
        Objects.requireNonNullElse(project.ownerName(), ""),
        0,
        false,
        false,
        project.createdAt(),
        project.updatedAt(),
        roles.isEmpty() ? 0 : roles.getFirst(),
        roles,
        project.repositories(),
        MetadataFields.of(project.settings()),
        CveAllowlistResponse.of(project.allowlist()));
  }
}
