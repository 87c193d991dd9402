package io.orlop.catalog.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tag.
 *
 * @param pushedAt when it came to point to its artifact
 * @param pulledAt when somebody last pulled by it; null for never
 */
public record TagInfo(
    long id,
    long repositoryId,
    long artifactId,
    String name,
    Instant pushedAt,
    @Nullable Instant pulledAt) {}
