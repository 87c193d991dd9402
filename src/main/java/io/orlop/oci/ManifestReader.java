package io.orlop.oci;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the members of a manifest in a second pass, when its kind is known. */
final class ManifestReader {
  private static final Set<String> COMMON = Set.of("artifactType", "subject", "annotations");

  private final JsonCursor json;
  private @Nullable String artifactType;
  private @Nullable Descriptor config;
  private List<Descriptor> entries = List.of();
  private @Nullable Descriptor subject;
  private Map<String, String> annotations = Map.of();

  private ManifestReader(JsonCursor json) {
    this.json = json;
  }

  /**
   * Reads a manifest.
   *
   * @param declared the media type of the document or its upload; null if neither has one
   */
  static Manifest read(byte[] body, ManifestKind kind, @Nullable MediaType declared)
      throws IOException {
    try (var json = new JsonCursor(body)) {
      var reader = new ManifestReader(json);
      json.members("the manifest", membersOf(kind), reader::readMember);
      return switch (kind) {
        case IMAGE -> reader.image(declared == null ? MediaType.OCI_MANIFEST : declared);
        case INDEX -> reader.index(declared == null ? MediaType.OCI_INDEX : declared);
        case ARTIFACT ->
            reader.image(declared == null ? MediaType.OCI_ARTIFACT_MANIFEST : declared);
      };
    }
  }

  private static Set<String> membersOf(ManifestKind kind) {
    var members = new HashSet<>(COMMON);
    members.add(kind.entries());
    if (kind == ManifestKind.IMAGE) {
      members.add(ManifestKind.CONFIG);
    }
    return members;
  }

  private void readMember(String name) throws IOException {
    switch (name) {
      case "artifactType" -> artifactType = json.optionalText(name);
      case "annotations" -> annotations = json.textsByName(name);
      case "subject" -> subject = optionalDescriptor(name);
      case ManifestKind.CONFIG -> config = optionalDescriptor(name);
      default -> entries = json.elements(name, where -> DescriptorReader.read(json, where));
    }
  }

  private @Nullable Descriptor optionalDescriptor(String where) throws IOException {
    return json.isNull() ? null : DescriptorReader.read(json, where);
  }

  private Manifest image(MediaType mediaType) {
    boolean needsConfig =
        mediaType.equals(MediaType.OCI_MANIFEST) || mediaType.equals(MediaType.DOCKER_MANIFEST);
    if (needsConfig && config == null) {
      throw new InvalidManifestException("it has no config, which every image has");
    }
    return new ImageManifest(mediaType, artifactType, config, entries, subject, annotations);
  }

  private Manifest index(MediaType mediaType) {
    return new IndexManifest(mediaType, artifactType, entries, subject, annotations);
  }
}
