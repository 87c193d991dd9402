package io.orlop.registry.v2;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query whose values stand there as they are meant, without escapes.
 *
 * @param text what stands behind the question mark; may be empty
 */
record PlainQuery(String text) {

  /** Parses a query; empty if something in it would have to be decoded. */
  static Optional<PlainQuery> parse(@Nullable String query) {
    String text = query == null ? "" : query;
    return text.chars().allMatch(PlainQuery::isPlain)
        ? Optional.of(new PlainQuery(text))
        : Optional.empty();
  }

  /** Returns the first value of a parameter, or null. */
  @Nullable String first(String name) {
    for (String parameter : text.split("&", -1)) {
      if (parameter.startsWith(name) && parameter.indexOf('=') == name.length()) {
        return parameter.substring(name.length() + 1);
      }
    }
    return null;
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "=&._-".indexOf(c) >= 0;
  }
}
