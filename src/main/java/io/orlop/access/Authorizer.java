package io.orlop.access;

import io.orlop.identity.Principal;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a principal may do. Asked once per request with all projects that the request
 * touches; what it does not allow is denied.
 */
@ApplicationScoped
public class Authorizer {
  private static final Set<Action> ALL = Set.of(Action.values());

  private final Database database;

  Authorizer(Database database) {
    this.database = database;
  }

  /**
   * Decides for several projects with one query.
   *
   * @return what is allowed by project name; projects that do not exist are absent
   */
  public Map<String, ProjectAccess> decide(Principal principal, Collection<String> projects) {
    Map<String, ProjectAccess> decisions = new HashMap<>();
    if (projects.isEmpty()) {
      return decisions;
    }
    database.list(
        """
        SELECT p.id, p.name, p.public, coalesce(m.role, 0) AS role
          FROM project p
          LEFT JOIN project_member m ON m.project_id = p.id AND m.user_id = ?
         WHERE p.name = ANY (?)
        """,
        row ->
            decisions.put(
                row.getString("name"),
                access(principal, row.getLong("id"), row.getBoolean("public"), row.getInt("role"))),
        userId(principal),
        projects);
    return decisions;
  }

  /** Decides for one project; empty if it does not exist. */
  public Optional<ProjectAccess> decide(Principal principal, String project) {
    return Optional.ofNullable(decide(principal, Set.of(project)).get(project));
  }

  private static ProjectAccess access(
      Principal principal, long projectId, boolean isPublic, int roleId) {
    Optional<Role> role = roleId == 0 ? Optional.empty() : Optional.of(Role.byId(roleId));
    boolean administered =
        principal.systemAdministrator() || role.filter(Role.PROJECT_ADMIN::equals).isPresent();
    return new ProjectAccess(projectId, actions(principal, isPublic, role), role, administered);
  }

  private static Set<Action> actions(Principal principal, boolean isPublic, Optional<Role> role) {
    if (principal.systemAdministrator()) {
      return ALL;
    }
    Set<Action> actions = EnumSet.noneOf(Action.class);
    if (isPublic) {
      actions.add(Action.PULL);
    }
    role.ifPresent(member -> actions.addAll(member.actions()));
    return actions;
  }

  private static long userId(Principal principal) {
    return switch (principal) {
      case Principal.UserPrincipal user -> user.id();
      case Principal.Anonymous _ -> -1;
    };
  }
}
