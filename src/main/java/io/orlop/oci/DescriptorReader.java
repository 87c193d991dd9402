package io.orlop.oci;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one descriptor of a manifest. */
final class DescriptorReader {
  private static final Set<String> MEMBERS =
      Set.of(
          "mediaType", "digest", "size", "data", "artifactType", "annotations", "platform", "urls");
  private final JsonCursor json;
  private final String where;
  private @Nullable MediaType mediaType;
  private @Nullable Digest digest;
  private @Nullable Long size;
  private @Nullable String data;
  private @Nullable String artifactType;
  private Map<String, String> annotations = Map.of();
  private @Nullable Platform platform;
  private List<String> urls = List.of();

  private DescriptorReader(JsonCursor json, String where) {
    this.json = json;
    this.where = where;
  }

  /** Reads the descriptor on which the cursor stands. */
  static Descriptor read(JsonCursor json, String where) throws IOException {
    return new DescriptorReader(json, where).read();
  }

  private Descriptor read() throws IOException {
    json.members(where, MEMBERS, this::readMember);
    var descriptor =
        new Descriptor(
            required(mediaType, "mediaType"),
            required(digest, "digest"),
            required(size, "size"),
            artifactType,
            annotations,
            platform,
            urls);
    if (data != null) {
      checkData(descriptor, data);
    }
    return descriptor;
  }

  private void readMember(String name) throws IOException {
    String at = where + "." + name;
    switch (name) {
      case "mediaType" -> mediaType = json.mediaType(at);
      case "digest" -> digest = digest(at);
      case "size" -> size = size(at);
      case "data" -> data = json.optionalText(at);
      case "artifactType" -> artifactType = json.optionalText(at);
      case "annotations" -> annotations = json.textsByName(at);
      case "platform" -> platform = platform(at);
      case "urls" -> urls = json.elements(at, json::text);
      default -> throw new IllegalStateException(name);
    }
  }

  private Digest digest(String at) throws IOException {
    try {
      return Digest.parse(json.text(at));
    } catch (InvalidDigestException e) {
      throw new InvalidManifestException(at + ": " + e.getMessage(), e);
    }
  }

  private long size(String at) throws IOException {
    long value = json.number(at);
    if (value < 0) {
      throw new InvalidManifestException(at + " is negative");
    }
    return value;
  }

  private @Nullable Platform platform(String at) throws IOException {
    return json.isNull() ? null : PlatformReader.read(json, at);
  }

  private <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw new InvalidManifestException(where + " has no " + name);
    }
    return value;
  }

  private void checkData(Descriptor descriptor, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new InvalidManifestException(where + ".data is not Base64", e);
    }
    Digest expected = descriptor.digest();
    if (bytes.length != descriptor.size()
        || !Digest.of(expected.algorithm(), bytes).equals(expected)) {
      throw new InvalidManifestException(
          where + ".data does not have the descriptor's size and digest");
    }
  }
}
