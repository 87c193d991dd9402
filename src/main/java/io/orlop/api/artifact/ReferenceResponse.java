package io.orlop.api.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.orlop.api.OmitEmpty;
import io.orlop.catalog.artifact.ChildReference;
import io.orlop.catalog.inventory.ArtifactInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an index names, in the contract's words.
 *
 * @param childId left out if the child is not here
 */
@JsonNaming(SnakeCaseStrategy.class)
record ReferenceResponse(
    long parentId,
    @OmitEmpty long childId,
    String childDigest,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PlatformResponse platform,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> annotations,
    List<String> urls) {

  /** A platform; the quotes in two names are the contract's. */
  record PlatformResponse(
      @OmitEmpty String architecture,
      @OmitEmpty String os,
      @JsonProperty("'os.version'") @OmitEmpty String osVersion,
      @JsonProperty("'os.features'") List<String> osFeatures,
      @OmitEmpty String variant) {
    static PlatformResponse of(ChildReference.Place place) {
      return new PlatformResponse(
          text(place.architecture()),
          text(place.os()),
          text(place.osVersion()),
          Objects.requireNonNullElse(place.osFeatures(), List.of()),
          text(place.variant()));
    }

    private static String text(@Nullable String text) {
      return Objects.requireNonNullElse(text, "");
    }
  }

  static ReferenceResponse of(ArtifactInfo parent, ChildReference child) {
    return new ReferenceResponse(
        parent.id(),
        parent.childIds().getOrDefault(child.digest(), 0L),
        child.digest(),
        child.platform() == null ? null : PlatformResponse.of(child.platform()),
        Objects.requireNonNullElse(child.annotations(), Map.of()),
        Objects.requireNonNullElse(child.urls(), List.of()));
  }
}
