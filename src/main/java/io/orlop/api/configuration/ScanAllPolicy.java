package io.orlop.api.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import org.jspecify.annotations.Nullable;

/** When everything is scanned, as far as it was set in a form that clients know. */
@JsonNaming(SnakeCaseStrategy.class)
record ScanAllPolicy(@OmitEmpty @Nullable String type, @OmitEmpty @Nullable Parameter parameter) {

  /** At what time, in seconds after midnight UTC. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Parameter(@OmitEmpty long dailyTime) {}

  static ScanAllPolicy of(JsonNode kept) {
    JsonNode type = kept.path("type");
    JsonNode time = kept.path("parameter").path("daily_time");
    return new ScanAllPolicy(
        type.isTextual() ? type.textValue() : null,
        time.isIntegralNumber() ? new Parameter(time.longValue()) : null);
  }
}
