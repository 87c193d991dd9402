package io.orlop.oci;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A manifest of other content: an OCI index or a Docker manifest list. Its entries may be
 * manifests, indexes or, in a build cache, layers, and need not be in the registry.
 *
 * @param mediaType the type under which it is served
 * @param artifactType its own artifact type
 * @param children its entries; may be empty
 * @param subject the manifest that it refers to
 * @param annotations its annotations
 */
public record IndexManifest(
    MediaType mediaType,
    @Nullable String artifactType,
    List<Descriptor> children,
    @Nullable Descriptor subject,
    Map<String, String> annotations)
    implements Manifest {

  public IndexManifest {
    children = List.copyOf(children);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  @Override
  public Optional<String> referrerArtifactType() {
    return Optional.ofNullable(artifactType);
  }
}
