package io.orlop.identity;

import java.util.Set;

/**
 * What a personal API token is for; its owner's rights bound it too.
 *
 * @param level how much it may do
 * @param projectIds where; empty for everywhere
 */
public record TokenScope(Level level, Set<Long> projectIds) {
  /** All that the owner may do. */
  public static final TokenScope EVERYTHING = new TokenScope(Level.ADMIN, Set.of());

  /** How much a token may do, each with what those before it may. */
  public enum Level {
    /** Look and pull. */
    READ,
    /** Push, tag and label. */
    PUSH,
    /** All that its owner may. */
    ADMIN
  }

  /** Tells whether the token may do what its owner may do. */
  public boolean isEverything() {
    return level == Level.ADMIN && projectIds.isEmpty();
  }

  /** Tells whether the token is for a project. */
  public boolean reaches(long projectId) {
    return projectIds.isEmpty() || projectIds.contains(projectId);
  }
}
