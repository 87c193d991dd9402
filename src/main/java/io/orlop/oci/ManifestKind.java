package io.orlop.oci;

import org.jspecify.annotations.Nullable;

/** The kinds of manifests, and in which member each of them lists its content. */
enum ManifestKind {
  IMAGE("layers"),
  INDEX("manifests"),
  /** The withdrawn artifact manifest: like an image, but without a config. */
  ARTIFACT("blobs");

  static final String CONFIG = "config";

  private final String entries;

  ManifestKind(String entries) {
    this.entries = entries;
  }

  /** Returns the name of the member with the descriptors of the content. */
  String entries() {
    return entries;
  }

  /**
   * Decides of which kind a document is, by its media type if that is a known one, else by its
   * members.
   *
   * @throws InvalidManifestException if the members are none of a manifest, or of two kinds:
   *     clients would then disagree on what the document is
   */
  static ManifestKind of(ManifestOutline outline, @Nullable MediaType declared) {
    boolean image = outline.has(IMAGE.entries) || outline.has(CONFIG);
    if (image && outline.has(INDEX.entries)) {
      throw new InvalidManifestException(
          "it has \"manifests\" as an index does, and \"config\" or \"layers\" as an image does");
    }
    ManifestKind kind = declared == null ? null : ofKnownType(declared);
    if (kind == null) {
      return byMembers(outline, image);
    }
    if ((kind == INDEX && image) || (kind != INDEX && outline.has(INDEX.entries))) {
      throw new InvalidManifestException("its members are not those of its media type");
    }
    return kind;
  }

  private static @Nullable ManifestKind ofKnownType(MediaType mediaType) {
    if (mediaType.isIndexType()) {
      return INDEX;
    }
    if (mediaType.equals(MediaType.OCI_ARTIFACT_MANIFEST)) {
      return ARTIFACT;
    }
    return mediaType.isManifestType() ? IMAGE : null;
  }

  private static ManifestKind byMembers(ManifestOutline outline, boolean image) {
    if (outline.has(INDEX.entries)) {
      return INDEX;
    }
    if (image) {
      return IMAGE;
    }
    if (outline.has(ARTIFACT.entries)) {
      return ARTIFACT;
    }
    throw new InvalidManifestException(
        "it has neither \"config\" and \"layers\" nor \"manifests\", so it describes nothing");
  }
}
