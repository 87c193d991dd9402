package io.orlop.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one document says about another: its type, digest and size. Serialises in the
 * specification's form, without members that are absent or empty.
 *
 * @param mediaType the type of the content
 * @param digest the digest of the content
 * @param size the size of the content in bytes, not negative
 * @param artifactType the type of the artifact, when the content is a manifest; any text
 * @param annotations free key-value pairs, in the order in which they were given
 * @param platform the platform that an index's entry is for
 * @param urls where else the content may be got; never fetched by the registry
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md">image-spec,
 *     descriptors</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
  "mediaType",
  "digest",
  "size",
  "artifactType",
  "annotations",
  "platform",
  "urls"
})
public record Descriptor(
    MediaType mediaType,
    Digest digest,
    long size,
    @Nullable String artifactType,
    Map<String, String> annotations,
    @Nullable Platform platform,
    List<String> urls) {

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Descriptor {
    if (size < 0) {
      throw new IllegalArgumentException("The size of a descriptor is negative: " + size);
    }
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    urls = List.copyOf(urls);
  }

  /** Describes content by the three members that every descriptor has. */
  public static Descriptor of(MediaType mediaType, Digest digest, long size) {
    return new Descriptor(mediaType, digest, size, null, Map.of(), null, List.of());
  }
}
