package io.orlop.catalog.project;

import io.orlop.identity.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which projects a caller may see, as a condition on the table {@code project p}: public ones and
 * those that the caller has something to do in.
 *
 * @param condition the condition, with question marks
 * @param parameters what they stand for
 */
public record Visibility(String condition, List<Object> parameters) {
  private static final Visibility EVERYTHING = new Visibility("TRUE", List.of());

  private static final String MEMBER =
      """
      p.id IN (SELECT m.project_id FROM project_member m WHERE m.user_id = ?
                UNION ALL
               SELECT m.project_id FROM user_group_member g
                 JOIN project_member m ON m.group_id = g.group_id WHERE g.user_id = ?)
      """;

  private static final String ROBOT =
      """
      (p.public
        OR p.id IN (SELECT r.project_id FROM robot_permission r
                     WHERE r.robot_id = ? AND r.project_id IS NOT NULL)
        OR EXISTS (SELECT FROM robot_permission r
                    WHERE r.robot_id = ? AND r.project_id IS NULL
                      AND (r.kind = 'project' OR (r.resource = 'project' AND r.action = 'list'))))
      """;

  /** Returns what a caller may see. */
  public static Visibility of(Principal principal) {
    return switch (principal) {
      case Principal.UserPrincipal user -> seen(user);
      case Principal.PersonalToken token -> seen(token.user()).within(token.scope().projectIds());
      case Principal.RobotPrincipal robot -> new Visibility(ROBOT, List.of(robot.id(), robot.id()));
      case Principal.Anonymous _ -> new Visibility("p.public", List.of());
    };
  }

  private static Visibility seen(Principal.UserPrincipal user) {
    return user.systemAdministrator() || user.auditor()
        ? EVERYTHING
        : new Visibility("(p.public OR " + MEMBER + ")", List.of(user.id(), user.id()));
  }

  /** A token that is for some projects sees no other, not even public ones. */
  private Visibility within(Set<Long> projects) {
    if (projects.isEmpty()) {
      return this;
    }
    List<Object> more = new ArrayList<>(parameters);
    more.add(projects.stream().mapToLong(Long::longValue).toArray());
    return new Visibility("(" + condition + " AND p.id = ANY (?))", more);
  }
}
