package io.orlop.catalog.inventory;

import java.time.Instant;

/**
 * A repository that had a manifest at least once.
 *
 * @param name the whole name, project included
 * @param artifacts how many artifacts its list has
 * @param pulls how often something of it was pulled
 */
public record RepositoryInfo(
    long id,
    long projectId,
    String name,
    String description,
    long artifacts,
    long pulls,
    Instant createdAt,
    Instant updatedAt) {}
