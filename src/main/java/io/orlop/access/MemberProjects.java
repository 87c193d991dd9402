package io.orlop.access;

import io.orlop.identity.Principal;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the projects in which a principal has a right of its own, as a member or as a robot; not
 * those where everybody has it.
 */
@ApplicationScoped
public class MemberProjects {
  private static final String OF_USER =
      """
      SELECT p.name FROM project p
       WHERE p.id IN (
             SELECT m.project_id FROM project_member m WHERE m.user_id = ?
              UNION
             SELECT m.project_id FROM user_group_member g
               JOIN project_member m ON m.group_id = g.group_id
              WHERE g.user_id = ?)
      """;

  private static final String OF_ROBOT =
      """
      SELECT p.name FROM project p
       WHERE EXISTS (SELECT FROM robot_permission r
                      WHERE r.robot_id = ? AND r.kind = 'project'
                        AND r.resource = ? AND r.action = ?
                        AND (r.project_id IS NULL OR r.project_id = p.id))
      """;

  private final Database database;
  private final Authorizer authorizer;

  MemberProjects(Database database, Authorizer authorizer) {
    this.database = database;
    this.authorizer = authorizer;
  }

  /** Returns the ids of the projects in all of which something is allowed. */
  public Set<Long> idsWhere(Principal principal, ProjectPermission permission) {
    return authorizer.decide(principal, candidates(principal, permission)).values().stream()
        .filter(access -> access.allows(permission))
        .map(ProjectAccess::projectId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Collection<String> candidates(Principal principal, ProjectPermission permission) {
    return switch (principal) {
      case Principal.UserPrincipal user -> ofUser(user.id());
      case Principal.PersonalToken token -> ofUser(token.user().id());
      case Principal.RobotPrincipal robot ->
          database.list(
              OF_ROBOT,
              row -> row.getString(1),
              robot.id(),
              permission.resource(),
              permission.action());
      case Principal.Anonymous _ -> List.of();
    };
  }

  private List<String> ofUser(long id) {
    return database.list(OF_USER, row -> row.getString(1), id, id);
  }
}
