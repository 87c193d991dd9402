package io.orlop.api.label;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.catalog.label.Labels;
import io.orlop.catalog.label.NewLabel;
import io.orlop.platform.error.ErrorCode;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to make of a label. */
@JsonNaming(SnakeCaseStrategy.class)
record LabelRequest(
    @Nullable String name,
    @Nullable String description,
    @Nullable String color,
    @Nullable String scope,
    @Nullable Long projectId) {

  NewLabel label() {
    return NewLabel.of(name, description, color);
  }

  /** The project whose own it is to be; empty for everybody's. */
  Optional<Long> owner() {
    return owner(scope, projectId);
  }

  /** Reads a scope, with its project. */
  static Optional<Long> owner(@Nullable String scope, @Nullable Long projectId) {
    return switch (Objects.requireNonNullElse(scope, "")) {
      case Labels.GLOBAL -> Optional.empty();
      case Labels.PROJECT -> {
        if (projectId == null || projectId <= 0) {
          throw ErrorCode.BAD_REQUEST.exception("project_id is required for scope p");
        }
        yield Optional.of(projectId);
      }
      default -> throw ErrorCode.BAD_REQUEST.exception("invalid scope: " + scope);
    };
  }
}
