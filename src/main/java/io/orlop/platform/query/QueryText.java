package io.orlop.platform.query;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code q} as Harbor writes it: {@code key=value,key=~text,key=[from~to],key={a b},key=(a
 * b)}. It arrives escaped once more than other parameters; a comma always separates.
 */
final class QueryText {
  private QueryText() {}

  /**
   * Returns the conditions by key, as both were written; the last one of a key counts.
   *
   * @throws RegistryException BAD_REQUEST if the text does not follow the grammar
   */
  static Map<String, Condition> parse(@Nullable String text) {
    Map<String, Condition> conditions = new LinkedHashMap<>();
    if (text == null || text.isEmpty()) {
      return conditions;
    }
    for (String pair : decoded(text).split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0 || equals == pair.length() - 1) {
        throw invalid(pair);
      }
      conditions.put(pair.substring(0, equals).strip(), condition(pair.substring(equals + 1)));
    }
    return conditions;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid(text).causedBy(e);
    }
  }

  private static Condition condition(String value) {
    if (value.startsWith("\\")) {
      return new Condition.Exact(value.substring(1));
    }
    if (value.startsWith("~")) {
      return new Condition.Fuzzy(value.substring(1));
    }
    return switch (value.charAt(0)) {
      case '[' -> range(inside(value, ']'), value);
      case '{' -> new Condition.AnyOf(list(inside(value, '}')));
      case '(' -> new Condition.AllOf(list(inside(value, ')')));
      default -> new Condition.Exact(value);
    };
  }

  private static String inside(String value, char end) {
    if (value.length() < 2 || value.charAt(value.length() - 1) != end) {
      throw invalid(value);
    }
    return value.substring(1, value.length() - 1);
  }

  private static Condition range(String bounds, String value) {
    int between = bounds.indexOf('~');
    if (between < 0 || bounds.indexOf('~', between + 1) >= 0) {
      throw invalid(value);
    }
    return new Condition.Range(
        bound(bounds.substring(0, between)), bound(bounds.substring(between + 1)));
  }

  private static @Nullable String bound(String text) {
    String plain = unquoted(text.strip());
    return plain.isEmpty() ? null : plain;
  }

  private static List<String> list(String text) {
    List<String> values = new ArrayList<>();
    for (String value : text.split(" ", -1)) {
      if (!value.isEmpty()) {
        values.add(unquoted(value));
      }
    }
    return values;
  }

  private static String unquoted(String text) {
    return enclosedBy('"', text) || enclosedBy('\'', text)
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static boolean enclosedBy(char quote, String text) {
    int last = text.length() - 1;
    return last > 0 && text.charAt(0) == quote && text.charAt(last) == quote;
  }

  private static RegistryException invalid(String text) {
    return ErrorCode.BAD_REQUEST.exception("invalid query string value: " + text);
  }
}
