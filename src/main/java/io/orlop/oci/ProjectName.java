package io.orlop.oci;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of a project: 1 to 255 lower-case letters and digits, in runs separated by one {@code
 * .}, {@code _} or {@code -} each. It is the first component of its repositories' names.
 *
 * @param value the name
 */
public record ProjectName(@JsonValue String value) implements Comparable<ProjectName> {
  private static final int MAX_LENGTH = 255;
  // Possessive, so that matching never goes back: linear in the length for any input.
  private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9]++(?:[._-][a-z0-9]++)*+");

  /**
   * Checks the name.
   *
   * @throws InvalidNameException if it does not follow the grammar
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ProjectName {
    if (value.length() > MAX_LENGTH) {
      throw new InvalidNameException(
          "project name", value, "at most " + MAX_LENGTH + " characters are allowed");
    }
    if (!GRAMMAR.matcher(value).matches()) {
      throw new InvalidNameException(
          "project name",
          value,
          "expected lower-case letters and digits, separated by single '.', '_' or '-'");
    }
  }

  @Override
  public int compareTo(ProjectName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
