package io.orlop.api.artifact;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.catalog.inventory.TagInfo;
import java.time.Instant;

/** A tag in the contract's words. */
@JsonNaming(SnakeCaseStrategy.class)
record TagResponse(
    long id,
    long repositoryId,
    long artifactId,
    String name,
    Instant pushTime,
    Instant pullTime,
    boolean immutable) {

  static TagResponse of(TagInfo tag) {
    return new TagResponse(
        tag.id(),
        tag.repositoryId(),
        tag.artifactId(),
        tag.name(),
        tag.pushedAt(),
        Times.orNever(tag.pulledAt()),
        false);
  }
}
