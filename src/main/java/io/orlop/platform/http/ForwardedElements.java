package io.orlop.platform.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a {@code Forwarded} header, one map for each proxy, the one that the client
 * spoke to first. What follows a syntax error is ignored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239#section-4">RFC 7239, section 4</a>
 */
final class ForwardedElements {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** A pair; its value is a quoted string, or what clients write unquoted although they should. */
  private static final Pattern PAIR =
      Pattern.compile(
          "[ \\t]*(?<name>"
              + TOKEN
              + ")[ \\t]*=[ \\t]*(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*+)\"|(?<bare>[^\",;\\s]*))[ \\t]*");

  private final List<Map<String, String>> elements = new ArrayList<>();

  private ForwardedElements() {}

  static ForwardedElements parse(List<String> lines) {
    ForwardedElements result = new ForwardedElements();
    for (String line : lines) {
      if (!result.read(line)) {
        break;
      }
    }
    return result;
  }

  /** Returns the first value of a parameter. */
  Optional<String> first(String name) {
    return elements.stream()
        .filter(element -> element.containsKey(name))
        .map(element -> element.getOrDefault(name, ""))
        .findFirst();
  }

  private boolean read(String line) {
    Matcher pair = PAIR.matcher(line);
    Map<String, String> element = new HashMap<>();
    int position = 0;
    while (position < line.length()) {
      char at = line.charAt(position);
      if (at == ',') {
        elements.add(element);
        element = new HashMap<>();
        position++;
      } else if (at == ';') {
        position++;
      } else {
        pair.region(position, line.length());
        if (!pair.lookingAt()) {
          elements.add(element);
          return false;
        }
        element.putIfAbsent(pair.group("name").toLowerCase(Locale.ROOT), value(pair));
        position = pair.end();
      }
    }
    elements.add(element);
    return true;
  }

  private static String value(Matcher pair) {
    String quoted = pair.group("quoted");
    return quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : pair.group("bare");
  }
}
