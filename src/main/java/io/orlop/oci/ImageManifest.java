package io.orlop.oci;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A manifest of blobs: an OCI or Docker image, or an artifact in the form of one.
 *
 * @param mediaType the type under which it is served
 * @param artifactType its own artifact type
 * @param config the configuration; null only in manifests of other types than OCI's and Docker's
 *     image
 * @param layers the layers, or the {@code blobs} of the withdrawn OCI artifact manifest; may be
 *     empty
 * @param subject the manifest that it refers to
 * @param annotations its annotations
 */
public record ImageManifest(
    MediaType mediaType,
    @Nullable String artifactType,
    @Nullable Descriptor config,
    List<Descriptor> layers,
    @Nullable Descriptor subject,
    Map<String, String> annotations)
    implements Manifest {

  public ImageManifest {
    layers = List.copyOf(layers);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /**
   * Returns the blobs that have to be in the repository before the manifest: config and layers,
   * each digest once, without layers that are not distributed.
   */
  public List<Descriptor> requiredBlobs() {
    var byDigest = new LinkedHashMap<Digest, Descriptor>();
    if (config != null) {
      byDigest.put(config.digest(), config);
    }
    for (Descriptor layer : layers) {
      if (!layer.mediaType().isNonDistributable()) {
        byDigest.putIfAbsent(layer.digest(), layer);
      }
    }
    return List.copyOf(byDigest.values());
  }

  @Override
  public Optional<String> referrerArtifactType() {
    return Optional.ofNullable(artifactType)
        .or(() -> Optional.ofNullable(config).map(c -> c.mediaType().value()));
  }
}
