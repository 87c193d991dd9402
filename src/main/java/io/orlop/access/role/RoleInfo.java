package io.orlop.access.role;

import io.orlop.access.ProjectPermission;
import java.time.Instant;
import java.util.List;

/**
 * A role.
 *
 * @param builtIn whether it comes with the registry and stays as it is
 * @param repositories patterns of the names after the project that it is limited to; empty for all
 * @param members how many memberships have it
 */
public record RoleInfo(
    int id,
    String name,
    String description,
    boolean builtIn,
    List<ProjectPermission> permissions,
    List<String> repositories,
    long members,
    Instant createdAt,
    Instant updatedAt) {}
