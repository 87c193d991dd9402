package io.orlop.access.role;

import io.orlop.access.ProjectPermission;
import io.orlop.platform.error.ErrorCode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a role is to be.
 *
 * @param repositories patterns of the names after the project that it is limited to; empty for all
 */
public record RoleDraft(
    String name,
    String description,
    List<ProjectPermission> permissions,
    List<String> repositories) {
  private static final int MAX_NAME = 64;
  private static final int MAX_DESCRIPTION = 1024;
  private static final int MAX_PATTERNS = 100;
  private static final int MAX_PATTERN = 255;

  /** Each one multiplies what it costs to find that a name does not match. */
  private static final int MAX_STARS = 4;

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9])?");
  private static final Pattern GLOB = Pattern.compile("[a-z0-9*?._/-]+");
  private static final Pattern STARS = Pattern.compile("\\*{1,2}");

  /**
   * Checks the role.
   *
   * @throws io.orlop.platform.error.RegistryException BAD_REQUEST if something is out of range
   */
  public RoleDraft {
    require(
        name.length() <= MAX_NAME && NAME.matcher(name).matches(),
        "name in body must be 1 to 64 letters, digits, spaces and ._- with a letter or digit at"
            + " either end");
    require(
        description.length() <= MAX_DESCRIPTION,
        "description in body should be at most 1024 chars long");
    require(!permissions.isEmpty(), "permissions in body should have at least 1 item");
    require(
        repositories.size() <= MAX_PATTERNS, "repositories in body should have at most 100 items");
    repositories.forEach(RoleDraft::requirePattern);
    permissions = List.copyOf(permissions);
    repositories = List.copyOf(repositories);
  }

  private static void requirePattern(String glob) {
    require(
        glob.length() <= MAX_PATTERN
            && GLOB.matcher(glob).matches()
            && STARS.matcher(glob).results().count() <= MAX_STARS,
        "repositories in body: a pattern is 1 to 255 lower-case letters, digits, ._-/ and the"
            + " wildcards ?, * and **, of which four at most: "
            + glob);
  }

  private static void require(boolean fulfilled, String message) {
    if (!fulfilled) {
      throw ErrorCode.BAD_REQUEST.exception(message);
    }
  }
}
