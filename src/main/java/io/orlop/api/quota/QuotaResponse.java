package io.orlop.api.quota;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.catalog.quota.QuotaInfo;
import java.time.Instant;
import java.util.Objects;

/**
 * A quota in the contract's words.
 *
 * @param ref the project that it is for
 */
@JsonNaming(SnakeCaseStrategy.class)
record QuotaResponse(
    long id,
    Project ref,
    Resources hard,
    Resources used,
    Instant creationTime,
    Instant updateTime) {

  /** A project, as quotas name it. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Project(long id, String name, @OmitEmpty String ownerName) {}

  /** Bytes; -1 for no limit. */
  record Resources(long storage) {}

  static QuotaResponse of(QuotaInfo quota) {
    return new QuotaResponse(
        quota.id(),
        new Project(
            quota.projectId(),
            quota.projectName(),
            Objects.requireNonNullElse(quota.ownerName(), "")),
        new Resources(quota.hard()),
        new Resources(quota.used()),
        quota.createdAt(),
        quota.updatedAt());
  }
}
