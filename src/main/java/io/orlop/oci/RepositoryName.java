package io.orlop.oci;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The full name of a repository, such as {@code library/nginx}: the specification's grammar, at
 * most 255 characters, and at least two components, of which the first is the project.
 *
 * <p>A valid name holds no {@code ..}, no empty component and only ASCII, so it may be used in a
 * URL path without escaping.
 *
 * @param value the whole name, project included
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests">distribution-spec,
 *     pulling manifests</a>
 */
public record RepositoryName(@JsonValue String value) implements Comparable<RepositoryName> {
  private static final int MAX_LENGTH = 255;
  private static final String WHAT = "repository name";
  // Possessive, so that matching never goes back: linear in the length for any input.
  private static final String COMPONENT = "[a-z0-9]++(?:(?:\\.|__?+|-++)[a-z0-9]++)*+";
  private static final Pattern GRAMMAR = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*+");

  /**
   * Checks the name.
   *
   * @throws InvalidNameException if it does not follow the grammar, has one component only, or its
   *     first component cannot be a {@link ProjectName}
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RepositoryName {
    if (value.length() > MAX_LENGTH) {
      throw new InvalidNameException(
          WHAT, value, "at most " + MAX_LENGTH + " characters are allowed");
    }
    if (!GRAMMAR.matcher(value).matches()) {
      throw new InvalidNameException(
          WHAT,
          value,
          "expected components of lower-case letters and digits, separated by '.', '_', '__' or"
              + " '-', and joined by '/'");
    }
    int slash = value.indexOf('/');
    if (slash < 0) {
      throw new InvalidNameException(WHAT, value, "expected <project>/<repository>");
    }
    var _ = new ProjectName(value.substring(0, slash));
  }

  /** Joins a project's name and the rest of a repository's name. */
  public static RepositoryName of(ProjectName project, String path) {
    return new RepositoryName(project.value() + "/" + path);
  }

  /** Returns the project, the first component. */
  public ProjectName project() {
    return new ProjectName(value.substring(0, value.indexOf('/')));
  }

  /** Returns everything after the project, such as {@code team/app} of {@code library/team/app}. */
  public String path() {
    return value.substring(value.indexOf('/') + 1);
  }

  /** Orders by bytes, as the specification lists repositories. */
  @Override
  public int compareTo(RepositoryName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
