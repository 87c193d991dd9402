package io.orlop.security;

/**
 * An operation, and who may do it.
 *
 * @param path a template, with its base
 * @param rule a word of the table
 * @param pair the permission that it takes; empty if it takes none
 */
record Operation(String method, String path, String rule, String pair) {
  private static final String BASE = "/api/v2.0";

  static Operation parse(String line) {
    String[] words = line.split("\\s+", -1);
    return new Operation(words[0], withBase(words[1]), words[2], words.length > 3 ? words[3] : "");
  }

  /** Returns method and path. */
  String key() {
    return method + " " + path;
  }

  boolean isOfRegistry() {
    return path.startsWith("/v2");
  }

  boolean changes() {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  private static String withBase(String path) {
    boolean outside =
        path.startsWith("/api/")
            || path.startsWith("/v2")
            || path.startsWith("/service/")
            || path.startsWith("/c/")
            || path.startsWith("/health/");
    return outside ? path : BASE + path;
  }
}
