package io.orlop.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The platform that an index says an entry is for. Nothing of it is checked: entries that are no
 * images carry {@code unknown/unknown} or nothing.
 *
 * @param architecture the CPU, such as {@code amd64}; empty if not given
 * @param os the operating system, such as {@code linux}; empty if not given
 * @param variant the CPU's variant, such as {@code v8}
 * @param osVersion the operating system's version, such as {@code 10.0.14393.1066}
 * @param osFeatures the operating system's required features
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md">image-spec,
 *     image index</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"architecture", "os", "os.version", "os.features", "variant"})
public record Platform(
    String architecture,
    String os,
    @Nullable String variant,
    @JsonProperty("os.version") @Nullable String osVersion,
    @JsonProperty("os.features") List<String> osFeatures) {

  public Platform {
    osFeatures = List.copyOf(osFeatures);
  }

  /** Names a platform by CPU and operating system alone. */
  public static Platform of(String os, String architecture) {
    return new Platform(architecture, os, null, null, List.of());
  }
}
