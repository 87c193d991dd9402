package io.orlop.platform.text;

/** A part of a name, looked for by PostgreSQL's {@code LIKE}, which an index of trigrams serves. */
public final class Fragment {
  private Fragment() {}

  /** Returns the pattern of all texts that contain a text; every character stands for itself. */
  public static String pattern(String text) {
    return "%" + text.replaceAll("[\\\\%_]", "\\\\$0") + "%";
  }
}
