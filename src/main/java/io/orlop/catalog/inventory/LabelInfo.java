package io.orlop.catalog.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A label on an artifact.
 *
 * @param scope {@code g} for everybody's, {@code p} for a project's own
 * @param projectId the project whose own it is; null for everybody's
 */
public record LabelInfo(
    long id,
    String name,
    String description,
    String color,
    String scope,
    @Nullable Long projectId,
    Instant createdAt,
    Instant updatedAt) {}
