package io.orlop.platform.text;

import java.util.regex.Pattern;

/**
 * A pattern of names with slashes: {@code ?} is one character, {@code *} any number of them, and
 * {@code **} goes across slashes too. Everything else stands for itself.
 *
 * @param text the pattern as it was written
 * @param regex a regular expression without anchors, which Java and PostgreSQL read alike
 */
public record Glob(String text, String regex) {
  /** Reads a pattern. Every text is one. */
  public static Glob parse(String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> {
          boolean deep = i + 1 < text.length() && text.charAt(i + 1) == '*';
          regex.append(deep ? ".*" : "[^/]*");
          i += deep ? 1 : 0;
        }
        case '?' -> regex.append("[^/]");
        default -> regex.append(literal(String.valueOf(c)));
      }
    }
    return new Glob(text, regex.toString());
  }

  /** Tells whether a whole name matches. */
  public boolean matches(String name) {
    return Pattern.matches(regex, name);
  }

  /** Returns a regular expression for a text that stands for itself. */
  public static String literal(String text) {
    return text.replaceAll("[^A-Za-z0-9/_]", "\\\\$0");
  }
}
