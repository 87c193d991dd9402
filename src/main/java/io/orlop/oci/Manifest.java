package io.orlop.oci;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says, whichever of the supported forms it has. Bytes become one by {@link
 * ManifestParser}.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md">image-spec,
 *     image manifest</a>
 */
public sealed interface Manifest permits ImageManifest, IndexManifest {

  /** Returns the type under which the manifest is served: its own, or that of its upload. */
  MediaType mediaType();

  /** Returns the manifest's own artifact type, never empty; null if it has none. */
  @Nullable String artifactType();

  /** Returns the manifest that this one refers to, which need not exist; null if there is none. */
  @Nullable Descriptor subject();

  /** Returns the manifest's own annotations, in its order. */
  Map<String, String> annotations();

  /**
   * Returns the artifact type that a list of referrers shows for this manifest: its own; else the
   * media type of its config; else, as for an index, none.
   *
   * @see <a
   *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers">distribution-spec,
   *     listing referrers</a>
   */
  Optional<String> referrerArtifactType();
}
