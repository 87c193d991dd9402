package io.orlop.oci;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the platform of an index's entry. */
final class PlatformReader {
  private static final Set<String> MEMBERS =
      Set.of("architecture", "os", "variant", "os.version", "os.features");

  private final JsonCursor json;
  private final String where;
  private String architecture = "";
  private String os = "";
  private @Nullable String variant;
  private @Nullable String osVersion;
  private List<String> osFeatures = List.of();

  private PlatformReader(JsonCursor json, String where) {
    this.json = json;
    this.where = where;
  }

  /** Reads the platform on which the cursor stands. */
  static Platform read(JsonCursor json, String where) throws IOException {
    var reader = new PlatformReader(json, where);
    json.members(where, MEMBERS, reader::readMember);
    return new Platform(
        reader.architecture, reader.os, reader.variant, reader.osVersion, reader.osFeatures);
  }

  private void readMember(String name) throws IOException {
    String at = where + "." + name;
    switch (name) {
      case "architecture" -> architecture = textOrEmpty(at);
      case "os" -> os = textOrEmpty(at);
      case "variant" -> variant = json.optionalText(at);
      case "os.version" -> osVersion = json.optionalText(at);
      case "os.features" -> osFeatures = json.elements(at, json::text);
      default -> throw new IllegalStateException(name);
    }
  }

  private String textOrEmpty(String at) throws IOException {
    String text = json.optionalText(at);
    return text == null ? "" : text;
  }
}
