package io.orlop.api.label;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.catalog.label.Label;
import java.time.Instant;
import java.util.Objects;

/** A label in the contract's words. */
@JsonNaming(SnakeCaseStrategy.class)
public record LabelResponse(
    long id,
    String name,
    @OmitEmpty String description,
    @OmitEmpty String color,
    String scope,
    @OmitEmpty long projectId,
    Instant creationTime,
    Instant updateTime) {

  /** Writes a label. */
  public static LabelResponse of(Label label) {
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
