package io.orlop.catalog.project;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A project, as other rooms see it.
 *
 * @param repositories how many repositories it lists
 * @param metadata what was set for it, but for whether it is public, by Harbor's keys
 */
public record ProjectInfo(
    long id,
    String name,
    boolean isPublic,
    @Nullable Long ownerId,
    @Nullable String ownerName,
    long repositories,
    Map<String, String> metadata,
    CveAllowlist allowlist,
    Instant createdAt,
    Instant updatedAt) {

  /** Returns what was set for it, also whether it is public. */
  public Map<String, String> settings() {
    Map<String, String> all = new TreeMap<>(metadata);
    all.put(MetadataKey.PUBLIC.wireName(), Boolean.toString(isPublic));
    return all;
  }
}
