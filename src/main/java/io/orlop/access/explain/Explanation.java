package io.orlop.access.explain;

import java.util.List;

/**
 * Why somebody may do something or not.
 *
 * @param reasons all that allows it; empty if nothing does
 * @param remedies what would allow it; empty if it is allowed
 */
public record Explanation(boolean allowed, List<Reason> reasons, List<Reason> remedies) {

  /**
   * One thing that allows something, or would.
   *
   * @param kind {@code system_administrator}, {@code auditor}, {@code role}, {@code public}, {@code
   *     robot_permission}, or {@code token} for what takes a right away
   * @param roleId the role's id; 0 if it is none
   * @param repositories patterns of the repositories that it is limited to; empty for all
   * @param text the same for people
   */
  public record Reason(String kind, int roleId, List<String> repositories, String text) {
    static Reason of(String kind, String text) {
      return new Reason(kind, 0, List.of(), text);
    }
  }
}
