package io.orlop.catalog.inventory;

import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.ProjectPermission;
import io.orlop.access.RepositoryScope;
import io.orlop.identity.Principal;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.query.Criteria;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Limits lists over all projects to the repositories that a principal may see. */
@ApplicationScoped
class ReachableRepositories {
  private final Database database;
  private final Authorizer authorizer;

  ReachableRepositories(Database database, Authorizer authorizer) {
    this.database = database;
    this.authorizer = authorizer;
  }

  /** Adds the limit to what is asked of repositories {@code r}. */
  Criteria limit(Criteria criteria, Principal principal) {
    if (principal instanceof Principal.UserPrincipal user && seesEverything(user)) {
      return criteria;
    }
    List<Long> whole = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    for (ProjectAccess access : authorizer.decide(principal, candidates(principal)).values()) {
      RepositoryScope scope = access.repositories(ProjectPermission.REPOSITORY_LIST);
      Optional<String> regex = scope.regex();
      if (regex.isEmpty()) {
        whole.add(access.projectId());
      } else if (!scope.isEmpty()) {
        parts.add(regex.get());
      }
    }
    long[] ids = whole.stream().mapToLong(Long::longValue).toArray();
    return parts.isEmpty()
        ? criteria.with("r.project_id = ANY (?)", (Object) ids)
        : criteria.with("(r.project_id = ANY (?) OR r.name ~ ?)", ids, String.join("|", parts));
  }

  /** The projects in which the principal may have any right at all. */
  private List<String> candidates(Principal principal) {
    Optional<Principal.UserPrincipal> user = user(principal);
    long userId = user.map(Principal.UserPrincipal::id).orElse(-1L);
    long robotId = principal instanceof Principal.RobotPrincipal robot ? robot.id() : -1L;
    return database.list(
        """
        SELECT p.name FROM project p
         WHERE ? OR p.public
            OR p.id IN (SELECT m.project_id FROM project_member m WHERE m.user_id = ?)
            OR p.id IN (SELECT m.project_id FROM project_member m
                          JOIN user_group_member g ON g.group_id = m.group_id
                         WHERE g.user_id = ?)
            OR EXISTS (SELECT FROM robot_permission o
                        WHERE o.robot_id = ? AND o.kind = 'project'
                          AND (o.project_id IS NULL OR o.project_id = p.id))
        """,
        row -> row.getString(1),
        user.map(ReachableRepositories::seesEverything).orElse(false),
        userId,
        userId,
        robotId);
  }

  private static Optional<Principal.UserPrincipal> user(Principal principal) {
    return switch (principal) {
      case Principal.UserPrincipal user -> Optional.of(user);
      case Principal.PersonalToken token -> Optional.of(token.user());
      case Principal.RobotPrincipal _, Principal.Anonymous _ -> Optional.empty();
    };
  }

  private static boolean seesEverything(Principal.UserPrincipal user) {
    return user.systemAdministrator() || user.auditor();
  }
}
