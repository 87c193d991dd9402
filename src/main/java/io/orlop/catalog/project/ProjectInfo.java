package io.orlop.catalog.project;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A project, as other rooms see it.
 *
 * @param repositories how many repositories it lists
 */
public record ProjectInfo(
    long id,
    String name,
    boolean isPublic,
    @Nullable Long ownerId,
    @Nullable String ownerName,
    long repositories,
    Instant createdAt,
    Instant updatedAt) {}
