package io.orlop.security;

/**
 * An operation, and who may do it.
 *
 * @param path a template, with its base
 * @param variant what tells apart rows of the same operation; empty if there is one
 * @param rule a word of the table
 * @param pair the permission that it takes, or the test that covers it; empty for neither
 */
record Operation(String method, String path, String variant, String rule, String pair) {
  private static final String BASE = "/api/v2.0";

  static Operation parse(String line) {
    String[] words = line.split("\\s+", -1);
    String[] path = words[1].split("#", 2);
    return new Operation(
        words[0],
        withBase(path[0]),
        path.length > 1 ? "#" + path[1] : "",
        words[2],
        words.length > 3 ? words[3] : "");
  }

  /** Returns method and path. */
  String key() {
    return method + " " + path;
  }

  /** Returns what only this row is called. */
  String name() {
    return key() + variant;
  }

  boolean isOfRegistry() {
    return path.startsWith("/v2");
  }

  /** Tells whether it is about pulls and pushes, which auditors have no right to. */
  boolean movesContent() {
    return isOfRegistry() || path.startsWith("/service/token");
  }

  boolean changes() {
    return !method.equals("GET") && !method.equals("HEAD");
  }

  /** Adds what paths of the API leave out in the tables. */
  static String withBase(String path) {
    boolean outside =
        path.startsWith("/api/")
            || path.startsWith("/v2")
            || path.startsWith("/service/")
            || path.startsWith("/c/")
            || path.startsWith("/health/");
    return outside ? path : BASE + path;
  }
}
