package io.orlop.catalog.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The quota of a project.
 *
 * @param hard how much the project may hold, in bytes; -1 for no limit
 * @param used how much it holds, in bytes
 */
public record QuotaInfo(
    long id,
    long projectId,
    String projectName,
    @Nullable String ownerName,
    long hard,
    long used,
    Instant createdAt,
    Instant updatedAt) {}
