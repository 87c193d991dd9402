package io.orlop.catalog.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orlop.oci.Descriptor;
import io.orlop.oci.Platform;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an index says of one of its children. Absent members are null or empty.
 *
 * @param digest the child's digest
 * @param platform the platform that it is for
 * @param annotations its annotations in the index
 * @param urls where else it may be got
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChildReference(
    String digest,
    @Nullable Place platform,
    @Nullable Map<String, String> annotations,
    @Nullable List<String> urls) {

  /** A platform, in words that a column keeps. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Place(
      @Nullable String architecture,
      @Nullable String os,
      @Nullable String osVersion,
      @Nullable List<String> osFeatures,
      @Nullable String variant) {
    static Place of(Platform platform) {
      return new Place(
          platform.architecture(),
          platform.os(),
          platform.osVersion(),
          platform.osFeatures(),
          platform.variant());
    }
  }

  static ChildReference of(Descriptor child) {
    return new ChildReference(
        child.digest().toString(),
        child.platform() == null ? null : Place.of(child.platform()),
        child.annotations(),
        child.urls());
  }
}
