package io.orlop.api.role;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.access.role.RoleInfo;
import java.time.Instant;
import java.util.List;

/**
 * A role.
 *
 * @param repositories patterns of the repositories that it is limited to; empty for all
 * @param memberCount how many memberships have it
 */
@JsonNaming(SnakeCaseStrategy.class)
record RoleResponse(
    int id,
    String name,
    String description,
    boolean builtIn,
    List<Pair> permissions,
    List<String> repositories,
    long memberCount,
    Instant creationTime,
    Instant updateTime) {

  /** A resource and an action. */
  record Pair(String resource, String action) {}

  static RoleResponse of(RoleInfo role) {
    return new RoleResponse(
        role.id(),
        role.name(),
        role.description(),
        role.builtIn(),
        role.permissions().stream()
            .map(permission -> new Pair(permission.resource(), permission.action()))
            .toList(),
        role.repositories(),
        role.members(),
        role.createdAt(),
        role.updatedAt());
  }
}
