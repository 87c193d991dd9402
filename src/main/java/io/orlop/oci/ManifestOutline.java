package io.orlop.oci;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What decides of which kind a manifest is, gathered in a first pass that also proves the whole
 * document to be well-formed JSON. Only then it is known which members have to be descriptors, as a
 * member of another kind of manifest may be anything.
 */
final class ManifestOutline {
  private static final Set<String> MEMBERS =
      Set.of("schemaVersion", "mediaType", "config", "layers", "manifests", "blobs");

  private final JsonCursor json;
  private final Set<String> present = new HashSet<>();
  private @Nullable Long schemaVersion;
  private @Nullable MediaType mediaType;

  private ManifestOutline(JsonCursor json) {
    this.json = json;
  }

  /** Makes the first pass over a document. */
  static ManifestOutline read(byte[] body) throws IOException {
    try (var json = new JsonCursor(body)) {
      var outline = new ManifestOutline(json);
      json.members("the manifest", MEMBERS, outline::readMember);
      json.requireEnd();
      return outline;
    }
  }

  /** Returns the schema version; null if there is none. */
  @Nullable Long schemaVersion() {
    return schemaVersion;
  }

  /** Returns the document's own media type; null if there is none. */
  @Nullable MediaType mediaType() {
    return mediaType;
  }

  /** Tells whether the document has a top-level member of this name that is not null. */
  boolean has(String name) {
    return present.contains(name);
  }

  private void readMember(String name) throws IOException {
    if (json.isNull()) {
      return;
    }
    present.add(name);
    switch (name) {
      case "schemaVersion" -> schemaVersion = json.number(name);
      case "mediaType" -> mediaType = json.mediaType(name);
      default -> json.skip();
    }
  }
}
