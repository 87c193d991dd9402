package io.orlop.api.artifact;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.catalog.inventory.LabelInfo;
import java.time.Instant;
import java.util.Objects;

/** A label on an artifact in the contract's words. */
@JsonNaming(SnakeCaseStrategy.class)
record LabelResponse(
    long id,
    String name,
    @OmitEmpty String description,
    @OmitEmpty String color,
    String scope,
    @OmitEmpty long projectId,
    Instant creationTime,
    Instant updateTime) {

  static LabelResponse of(LabelInfo label) {
    return new LabelResponse(
        label.id(),
        label.name(),
        label.description(),
        label.color(),
        label.scope(),
        Objects.requireNonNullElse(label.projectId(), 0L),
        label.createdAt(),
        label.updatedAt());
  }
}
