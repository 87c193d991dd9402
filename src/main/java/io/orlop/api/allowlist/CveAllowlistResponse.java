package io.orlop.api.allowlist;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.catalog.project.CveAllowlist;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An allowlist in the contract's words. */
@JsonNaming(SnakeCaseStrategy.class)
public record CveAllowlistResponse(
    @OmitEmpty long id,
    @OmitEmpty long projectId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long expiresAt,
    List<Item> items,
    Instant creationTime,
    Instant updateTime) {
  /** What Harbor writes for a time that never was. */
  private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  /** A vulnerability. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Item(String cveId) {}

  /** Describes a list. */
  public static CveAllowlistResponse of(CveAllowlist list) {
    return new CveAllowlistResponse(
        list.id(),
        list.projectId(),
        list.expiresAt(),
        list.cveIds().stream().map(Item::new).toList(),
        Objects.requireNonNullElse(list.createdAt(), NEVER),
        Objects.requireNonNullElse(list.updatedAt(), NEVER));
  }
}
