package io.orlop.api.artifact;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Times as Harbor's clients expect them. */
final class Times {
  private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  private Times() {}

  /** What never happened, happened in the year one. */
  static Instant orNever(@Nullable Instant time) {
    return Objects.requireNonNullElse(time, NEVER);
  }
}
