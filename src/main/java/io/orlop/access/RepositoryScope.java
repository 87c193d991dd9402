package io.orlop.access;

import io.orlop.oci.RepositoryName;
import io.orlop.platform.text.Glob;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The repositories of one project that a permission reaches.
 *
 * @param project the project's name
 * @param everything whether it reaches all of them, also those that are not there yet
 * @param globs patterns of the names after the project; empty and not everything: none
 */
public record RepositoryScope(String project, boolean everything, List<Glob> globs) {
  /** Tells whether it reaches a repository. */
  public boolean reaches(RepositoryName name) {
    return name.project().value().equals(project)
        && (everything || globs.stream().anyMatch(glob -> glob.matches(name.path())));
  }

  /** Tells whether it reaches none. */
  public boolean isEmpty() {
    return !everything && globs.isEmpty();
  }

  /**
   * Returns a regular expression for whole names, project included, that PostgreSQL reads as Java
   * does; empty if the scope is everything.
   */
  public Optional<String> regex() {
    if (everything) {
      return Optional.empty();
    }
    String paths = globs.stream().map(Glob::regex).collect(Collectors.joining("|"));
    // Without a glob nothing matches: no name has a line's end in its middle.
    return Optional.of(
        "^" + Glob.literal(project + "/") + "(" + (globs.isEmpty() ? "$." : paths) + ")$");
  }
}
