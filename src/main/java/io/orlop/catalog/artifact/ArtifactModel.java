package io.orlop.catalog.artifact;

import io.orlop.oci.Descriptor;
import io.orlop.oci.Digest;
import io.orlop.oci.ImageManifest;
import io.orlop.oci.IndexManifest;
import io.orlop.oci.Manifest;
import io.orlop.oci.TagName;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the API tells of a manifest, as far as the manifest itself says it.
 *
 * @param type such as IMAGE
 * @param size how many bytes it is to pull: manifest, config and layers; of an index the manifest
 *     alone
 * @param config the digest of the config, if its attributes are worth reading
 * @param accessory what it is to another artifact, if anything
 * @param children what an index names
 */
record ArtifactModel(
    String type,
    long size,
    Optional<Digest> config,
    Optional<Accessory> accessory,
    List<Descriptor> children) {
  private static final Pattern SIGNATURE_TAG = Pattern.compile("sha256-([0-9a-f]{64})\\.sig");
  private static final String SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";

  /**
   * What an artifact is to its subject.
   *
   * @param subject the digest of the subject, which need not exist
   */
  record Accessory(AccessoryType type, String subject) {}

  static ArtifactModel of(Manifest manifest, long bodySize, SortedSet<TagName> tags) {
    return new ArtifactModel(
        ArtifactType.of(manifest),
        size(manifest, bodySize),
        config(manifest),
        accessory(manifest, tags),
        switch (manifest) {
          case ImageManifest _ -> List.of();
          case IndexManifest index -> index.children();
        });
  }

  /** Configs of types that nobody can name are not looked at. */
  private static Optional<Digest> config(Manifest manifest) {
    return manifest instanceof ImageManifest image
            && image.config() != null
            && !ArtifactType.of(manifest).equals(ArtifactType.UNKNOWN)
        ? Optional.of(image.config().digest())
        : Optional.empty();
  }

  private static long size(Manifest manifest, long bodySize) {
    return switch (manifest) {
      case IndexManifest _ -> bodySize;
      case ImageManifest image -> {
        long size = bodySize;
        if (image.config() != null) {
          size = sum(size, image.config().size());
        }
        for (Descriptor layer : image.layers()) {
          size = sum(size, layer.size());
        }
        yield size;
      }
    };
  }

  /** Sizes are what clients say: no sum of them may turn negative. */
  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static Optional<Accessory> accessory(Manifest manifest, SortedSet<TagName> tags) {
    Descriptor subject = manifest.subject();
    if (subject != null) {
      return Optional.of(new Accessory(AccessoryType.of(manifest), subject.digest().toString()));
    }
    return isSimpleSignature(manifest)
        ? tags.stream().flatMap(tag -> signedBy(tag).stream()).findFirst()
        : Optional.empty();
  }

  private static boolean isSimpleSignature(Manifest manifest) {
    return manifest instanceof ImageManifest image
        && image.layers().stream()
            .anyMatch(layer -> layer.mediaType().essence().equals(SIMPLE_SIGNING));
  }

  private static Optional<Accessory> signedBy(TagName tag) {
    Matcher matcher = SIGNATURE_TAG.matcher(tag.value());
    return matcher.matches()
        ? Optional.of(new Accessory(AccessoryType.COSIGN_SIGNATURE, "sha256:" + matcher.group(1)))
        : Optional.empty();
  }
}
