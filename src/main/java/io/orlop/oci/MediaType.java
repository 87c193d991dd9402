package io.orlop.oci;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A media type, such as {@code application/vnd.oci.image.manifest.v1+json}.
 *
 * <p>Two media types are equal when type and subtype are, whatever their case and their parameters.
 * The text is kept as it was written, because the specification wants the value of a config's media
 * type repeated in the list of referrers.
 *
 * @param value the media type as it was written, parameters included, without surrounding blanks
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/v1.1.1/media-types.md">image-spec,
 *     media types</a>
 */
public record MediaType(@JsonValue String value) {
  // Above the constants, whose making needs it.
  private static final Pattern ESSENCE =
      Pattern.compile(
          "[a-zA-Z0-9][a-zA-Z0-9!#$&^_.+-]{0,126}/[a-zA-Z0-9][a-zA-Z0-9!#$&^_.+-]{0,126}");
  private static final int MAX_LENGTH = 1024;

  public static final MediaType OCI_MANIFEST = oci("image.manifest.v1+json");
  public static final MediaType OCI_INDEX = oci("image.index.v1+json");
  public static final MediaType OCI_CONFIG = oci("image.config.v1+json");
  public static final MediaType OCI_EMPTY = oci("empty.v1+json");
  public static final MediaType OCI_LAYER = oci("image.layer.v1.tar");
  public static final MediaType OCI_LAYER_GZIP = oci("image.layer.v1.tar+gzip");
  public static final MediaType OCI_LAYER_ZSTD = oci("image.layer.v1.tar+zstd");
  public static final MediaType OCI_NONDISTRIBUTABLE_LAYER =
      oci("image.layer.nondistributable.v1.tar");
  public static final MediaType OCI_NONDISTRIBUTABLE_LAYER_GZIP =
      oci("image.layer.nondistributable.v1.tar+gzip");
  public static final MediaType OCI_NONDISTRIBUTABLE_LAYER_ZSTD =
      oci("image.layer.nondistributable.v1.tar+zstd");

  /** The artifact manifest of release candidates of image-spec 1.1, which was then withdrawn. */
  public static final MediaType OCI_ARTIFACT_MANIFEST = oci("artifact.manifest.v1+json");

  public static final MediaType DOCKER_MANIFEST = docker("distribution.manifest.v2+json");
  public static final MediaType DOCKER_MANIFEST_LIST = docker("distribution.manifest.list.v2+json");
  public static final MediaType DOCKER_CONFIG = docker("container.image.v1+json");
  public static final MediaType DOCKER_PLUGIN_CONFIG = docker("plugin.v1+json");
  public static final MediaType DOCKER_LAYER = docker("image.rootfs.diff.tar");
  public static final MediaType DOCKER_LAYER_GZIP = docker("image.rootfs.diff.tar.gzip");
  public static final MediaType DOCKER_FOREIGN_LAYER = docker("image.rootfs.foreign.diff.tar");
  public static final MediaType DOCKER_FOREIGN_LAYER_GZIP =
      docker("image.rootfs.foreign.diff.tar.gzip");

  /** The two manifests of Docker's schema 1, which this registry refuses. */
  public static final MediaType DOCKER_SCHEMA1 = docker("distribution.manifest.v1+json");

  public static final MediaType DOCKER_SCHEMA1_SIGNED =
      docker("distribution.manifest.v1+prettyjws");

  /**
   * Checks the media type. Parameters may be anything printable, as nothing reads them.
   *
   * @throws InvalidMediaTypeException if the text does not begin with {@code type/subtype}
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public MediaType {
    value = value.strip();
    if (value.length() > MAX_LENGTH) {
      throw new InvalidMediaTypeException(
          value, "at most " + MAX_LENGTH + " characters are allowed");
    }
    if (!ESSENCE.matcher(withoutParameters(value)).matches() || !isPrintable(value)) {
      throw new InvalidMediaTypeException(value, "expected <type>/<subtype>");
    }
  }

  /**
   * Parses a media type, as it stands in a {@code Content-Type} header or a descriptor.
   *
   * @throws InvalidMediaTypeException if the text does not begin with {@code type/subtype}
   */
  public static MediaType parse(String text) {
    return new MediaType(text);
  }

  private static MediaType oci(String rest) {
    return new MediaType("application/vnd.oci." + rest);
  }

  private static MediaType docker(String rest) {
    return new MediaType("application/vnd.docker." + rest);
  }

  /** Returns type and subtype as they were written, without parameters. */
  public String essence() {
    return withoutParameters(value);
  }

  /** Tells whether this is the type of an image manifest or index, of OCI or Docker schema 2. */
  public boolean isManifestType() {
    return equals(OCI_MANIFEST)
        || equals(DOCKER_MANIFEST)
        || equals(OCI_ARTIFACT_MANIFEST)
        || isIndexType();
  }

  /** Tells whether this is the type of an OCI index or a Docker manifest list. */
  public boolean isIndexType() {
    return equals(OCI_INDEX) || equals(DOCKER_MANIFEST_LIST);
  }

  /** Tells whether this is a manifest of Docker's schema 1, signed or not. */
  public boolean isDockerSchema1() {
    return equals(DOCKER_SCHEMA1) || equals(DOCKER_SCHEMA1_SIGNED);
  }

  /**
   * Tells whether layers of this type need not be in the registry: OCI's non-distributable and
   * Docker's foreign layers.
   */
  public boolean isNonDistributable() {
    String canonical = canonical();
    return canonical.startsWith("application/vnd.oci.image.layer.nondistributable.v1.")
        || canonical.startsWith("application/vnd.docker.image.rootfs.foreign.diff.tar");
  }

  private String canonical() {
    return essence().toLowerCase(Locale.ROOT);
  }

  private static String withoutParameters(String text) {
    int semicolon = text.indexOf(';');
    return semicolon < 0 ? text : text.substring(0, semicolon).stripTrailing();
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\t');
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MediaType that && canonical().equals(that.canonical());
  }

  @Override
  public int hashCode() {
    return canonical().hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
