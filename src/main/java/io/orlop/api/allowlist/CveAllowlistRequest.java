package io.orlop.api.allowlist;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.catalog.project.CveAllowlist;
import io.orlop.platform.error.ErrorCode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an allowlist is set to.
 *
 * @param projectId the project that it is for, if the client says so
 * @param expiresAt in seconds since 1970; absent or null for never
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CveAllowlistRequest(
    @Nullable Long projectId, @Nullable Long expiresAt, @Nullable List<@Nullable Item> items) {

  /** A vulnerability. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Item(@Nullable String cveId) {}

  /**
   * Reads it as that of a project, or of everything.
   *
   * @param owner the project's id; 0 for everything
   */
  public CveAllowlist.Change changeOf(long owner) {
    if (projectId != null && projectId != 0 && projectId != owner) {
      throw ErrorCode.BAD_REQUEST.exception(
          "project_id in cve_allowlist must be " + owner + " but it's " + projectId);
    }
    List<@Nullable Item> given = items == null ? List.of() : items;
    return new CveAllowlist.Change(expiresAt, given.stream().map(CveAllowlistRequest::id).toList());
  }

  private static String id(@Nullable Item item) {
    return item == null ? "" : Objects.requireNonNullElse(item.cveId(), "");
  }
}
