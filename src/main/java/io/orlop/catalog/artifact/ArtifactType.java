package io.orlop.catalog.artifact;

import io.orlop.oci.ImageManifest;
import io.orlop.oci.IndexManifest;
import io.orlop.oci.Manifest;
import io.orlop.oci.MediaType;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says of what type an artifact is, such as IMAGE or CHART. Types that nobody has heard of are read
 * off the media type of the config.
 */
final class ArtifactType {
  static final String IMAGE = "IMAGE";
  static final String CHART = "CHART";
  static final String UNKNOWN = "UNKNOWN";

  private static final String WASM = "WASM";
  private static final String CNAB = "CNAB";

  private static final Map<String, String> KNOWN =
      Map.of(
          MediaType.OCI_CONFIG.value(),
          IMAGE,
          MediaType.DOCKER_CONFIG.value(),
          IMAGE,
          MediaType.OCI_INDEX.value(),
          IMAGE,
          MediaType.DOCKER_MANIFEST_LIST.value(),
          IMAGE,
          "application/vnd.cncf.helm.config.v1+json",
          CHART,
          "application/vnd.cncf.model.config.v1+json",
          "CNAI",
          "application/vnd.goharbor.harbor.sbom.v1",
          "SBOM",
          "application/vnd.cnab.manifest.v1",
          CNAB,
          "application/vnd.wasm.config.v1+json",
          WASM);

  private static final Pattern NAMED =
      Pattern.compile("application/vnd\\.[^.]*\\.(.*)\\.config\\.[^.]*\\+json");

  private ArtifactType() {}

  static String of(Manifest manifest) {
    return switch (manifest) {
      case ImageManifest image when isWasm(image.annotations()) -> WASM;
      case ImageManifest image when image.config() != null ->
          of(image.config().mediaType().essence());
      case ImageManifest image -> of(image.mediaType().essence());
      case IndexManifest index ->
          of(
              index
                  .annotations()
                  .getOrDefault("org.opencontainers.artifactType", index.mediaType().essence()));
    };
  }

  private static String of(String mediaType) {
    String known = KNOWN.get(mediaType);
    if (known != null) {
      return known;
    }
    Matcher named = NAMED.matcher(mediaType);
    return named.matches() ? named.group(1).toUpperCase(Locale.ROOT) : UNKNOWN;
  }

  private static boolean isWasm(Map<String, String> annotations) {
    return "compat".equals(annotations.get("module.wasm.image/variant"))
        || "wasm".equals(annotations.get("run.oci.handler"));
  }
}
