package io.orlop.api.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.allowlist.CveAllowlistRequest;
import io.orlop.catalog.project.MetadataKey;
import io.orlop.catalog.quota.Quotas;
import io.orlop.oci.InvalidNameException;
import io.orlop.oci.ProjectName;
import io.orlop.platform.error.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What to make of a project.
 *
 * @param isPublic in place of the metadata, from old clients; the metadata goes before it
 * @param registryId the upstream that a proxy cache is for
 * @param storageLimit its quota in bytes, -1 for none
 */
@JsonNaming(SnakeCaseStrategy.class)
record ProjectRequest(
    @Nullable String projectName,
    @JsonProperty("public") @Nullable Boolean isPublic,
    @Nullable MetadataFields metadata,
    @Nullable CveAllowlistRequest cveAllowlist,
    @Nullable Long storageLimit,
    @Nullable Long registryId) {
  private static final int MAX_LENGTH = 255;

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

  /** Whether everybody may pull; empty if the client does not say. */
  Optional<Boolean> visibleToAll() {
    Optional<String> setting = Optional.ofNullable(given().get(MetadataKey.PUBLIC));
    if (setting.isEmpty()) {
      return Optional.ofNullable(isPublic);
    }
    return switch (setting.get()) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default ->
          throw ErrorCode.BAD_REQUEST.exception(
              "metadata.public in body must be \"true\" or \"false\"");
    };
  }

  /**
   * What to set besides.
   *
   * @param current what is set already: what we set ourselves may be repeated
   */
  Map<MetadataKey, String> settings(Map<String, String> current) {
    Map<MetadataKey, String> settings = new EnumMap<>(MetadataKey.class);
    given()
        .forEach((key, value) -> {
          if (key != MetadataKey.PUBLIC && !value.equals(current.get(key.wireName()))) {
            settings.put(key, key.read(value));
          }
        });
    return settings;
  }

  /** The quota; empty for what new projects get. */
  OptionalLong limit() {
    if (storageLimit == null || storageLimit == 0) {
      return OptionalLong.empty();
    }
    Quotas.requireValid("storage_limit", storageLimit);
    return OptionalLong.of(storageLimit);
  }

  void requireNoUpstream() {
    if (registryId != null && registryId != 0) {
      throw ErrorCode.NOT_IMPLEMENTED.exception(
          "registry_id in body: proxy cache projects are not implemented yet");
    }
  }

  private Map<MetadataKey, String> given() {
    return metadata == null ? Map.of() : metadata.given();
  }
}
