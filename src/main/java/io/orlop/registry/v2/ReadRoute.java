package io.orlop.registry.v2;

import java.util.Optional;

/**
 * What a path asks to read, as far as pulls need it: found in one pass, from the right, since a
 * repository's name may itself hold words like {@code manifests}.
 */
sealed interface ReadRoute {

  /** Whether this is a registry. */
  record Ping() implements ReadRoute {}

  /** A manifest by its tag or digest. */
  record OfManifest(String name, String reference) implements ReadRoute {}

  /** A blob. */
  record OfBlob(String name, String digest) implements ReadRoute {}

  /** A page of tags. */
  record OfTags(String name) implements ReadRoute {}

  /** Returns the path with placeholders, for metrics and traces. */
  default String template() {
    return switch (this) {
      case Ping _ -> "/v2";
      case OfManifest _ -> "/v2/{name}/manifests/{reference}";
      case OfBlob _ -> "/v2/{name}/blobs/{digest}";
      case OfTags _ -> "/v2/{name}/tags/list";
    };
  }

  /**
   * Parses a path.
   *
   * @return empty if it asks for something else, or is written in another way than clients write
   *     it: with escapes, parameters, empty or dotted segments
   */
  static Optional<ReadRoute> parse(String path) {
    if (path.equals("/v2/") || path.equals("/v2")) {
      return Optional.of(new Ping());
    }
    if (!path.startsWith("/v2/") || !isPlain(path)) {
      return Optional.empty();
    }
    int last = path.lastIndexOf('/');
    int kind = path.lastIndexOf('/', last - 1);
    if (kind <= "/v2/".length()) {
      return Optional.empty();
    }
    String name = path.substring("/v2/".length(), kind);
    String end = path.substring(last + 1);
    String word = path.substring(kind + 1, last);
    if (word.equals("manifests")) {
      return Optional.of(new OfManifest(name, end));
    }
    if (word.equals("blobs") && end.indexOf(':') > 0) {
      return Optional.of(new OfBlob(name, end));
    }
    return word.equals("tags") && end.equals("list")
        ? Optional.of(new OfTags(name))
        : Optional.empty();
  }

  private static boolean isPlain(String path) {
    char before = ' ';
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean known = isLetterOrDigit(c) || c == '-' || c == '_' || c == ':';
      boolean inside = before != '/' && (c == '.' || c == '/');
      if (i > 0 && !known && !inside) {
        return false;
      }
      before = c;
    }
    return before != '/';
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }
}
