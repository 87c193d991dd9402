package io.orlop.api.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.oci.InvalidNameException;
import io.orlop.oci.ProjectName;
import io.orlop.platform.error.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which project to make.
 *
 * @param isPublic in place of the metadata, from old clients; the metadata goes before it
 * @param registryId the upstream that a proxy cache is for
 */
@JsonNaming(SnakeCaseStrategy.class)
record CreateProjectRequest(
    @Nullable String projectName,
    @JsonProperty("public") @Nullable Boolean isPublic,
    @Nullable Metadata metadata,
    @Nullable Long registryId) {
  private static final int MAX_LENGTH = 255;

  /** The settings of a project, all of them texts. */
  record Metadata(@JsonProperty("public") @Nullable String isPublic) {}

  ProjectName name() {
    if (projectName == null || projectName.isEmpty()) {
      throw ErrorCode.BAD_REQUEST.exception("project_name in body is required");
    }
    if (projectName.length() > MAX_LENGTH) {
      throw ErrorCode.UNPROCESSABLE_ENTITY.exception(
          "project_name in body should be at most " + MAX_LENGTH + " chars long");
    }
    try {
      return new ProjectName(projectName);
    } catch (InvalidNameException e) {
      throw ErrorCode.BAD_REQUEST.exception(
          "project_name in body is not in lower case or contains illegal characters: "
              + e.getMessage());
    }
  }

  boolean visibleToAll() {
    Optional<String> setting =
        Optional.ofNullable(metadata)
            .flatMap(given -> Optional.ofNullable(given.isPublic()))
            .filter(text -> !text.isEmpty());
    if (setting.isEmpty()) {
      return isPublic != null && isPublic;
    }
    return switch (setting.get()) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw ErrorCode.BAD_REQUEST.exception(
              "metadata.public in body must be \"true\" or \"false\"");
    };
  }

  void requireNoUpstream() {
    if (registryId != null && registryId != 0) {
      throw ErrorCode.NOT_IMPLEMENTED.exception(
          "registry_id in body: proxy cache projects are not implemented yet");
    }
  }
}
