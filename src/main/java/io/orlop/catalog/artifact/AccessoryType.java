package io.orlop.catalog.artifact;

import io.orlop.oci.Descriptor;
import io.orlop.oci.ImageManifest;
import io.orlop.oci.Manifest;
import io.orlop.oci.MediaType;

/** What an accessory is to its subject, in the words that Harbor's clients know. */
enum AccessoryType {
  COSIGN_SIGNATURE("signature.cosign"),
  NOTATION_SIGNATURE("signature.notation"),
  NYDUS_ACCELERATOR("accelerator.nydus"),
  HARBOR_SBOM("sbom.harbor"),
  /** Anything else that names a subject. */
  OTHER("subject.accessory");

  private static final String NYDUS_BOOTSTRAP = "containerd.io/snapshot/nydus-bootstrap";

  private final String wireName;

  AccessoryType(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the name that the API and the database use. */
  String wireName() {
    return wireName;
  }

  /** Tells what a manifest that names a subject is. */
  static AccessoryType of(Manifest manifest) {
    return switch (manifest.referrerArtifactType().orElse("")) {
      case "application/vnd.dev.cosign.artifact.sig.v1+json",
          "application/vnd.dev.sigstore.bundle.v0.3+json" ->
          COSIGN_SIGNATURE;
      case "application/vnd.cncf.notary.signature" -> NOTATION_SIGNATURE;
      case "application/vnd.goharbor.harbor.sbom.v1" -> HARBOR_SBOM;
      default -> isNydusImage(manifest) ? NYDUS_ACCELERATOR : OTHER;
    };
  }

  private static boolean isNydusImage(Manifest manifest) {
    return manifest instanceof ImageManifest image
        && image.config() != null
        && isImageConfig(image.config())
        && !image.layers().isEmpty()
        && image.layers().getLast().annotations().containsKey(NYDUS_BOOTSTRAP);
  }

  private static boolean isImageConfig(Descriptor config) {
    return config.mediaType().equals(MediaType.OCI_CONFIG)
        || config.mediaType().equals(MediaType.DOCKER_CONFIG);
  }
}
