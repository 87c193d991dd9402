package io.orlop.access.explain;

import io.orlop.access.ProjectPermission;
import io.orlop.access.explain.Explanation.Reason;
import io.orlop.access.role.RoleInfo;
import io.orlop.access.role.RoleService;
import io.orlop.identity.Principal;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.text.Glob;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the roles by which somebody may do something in a project, or by which he could. */
@ApplicationScoped
class RoleReasons {
  private final Database database;
  private final RoleService roles;

  RoleReasons(Database database, RoleService roles) {
    this.database = database;
    this.roles = roles;
  }

  private record Membership(int roleId, @Nullable String group) {}

  /** Returns the person behind a principal, if there is one. */
  static Optional<Principal.UserPrincipal> userOf(Principal who) {
    return switch (who) {
      case Principal.UserPrincipal user -> Optional.of(user);
      case Principal.PersonalToken token -> Optional.of(token.user());
      case Principal.RobotPrincipal _, Principal.Anonymous _ -> Optional.empty();
    };
  }

  /** Finds the roles that somebody has and that allow something. */
  List<Reason> held(Principal who, long projectId, Question.OfProject question) {
    return userOf(who).map(user -> memberships(user.id(), projectId)).orElse(List.of()).stream()
        .flatMap(membership -> reason(membership, question).stream())
        .toList();
  }

  /** Finds the roles that would allow something. */
  List<Reason> giving(Question.OfProject question) {
    return roles.list(Long.MAX_VALUE, 0).roles().stream()
        .filter(role -> allows(role, question))
        .map(role -> reason(role, "to be a member with the role " + role.name()))
        .toList();
  }

  private List<Membership> memberships(long userId, long projectId) {
    return database.list(
        """
        SELECT m.role, g.name
          FROM project_member m LEFT JOIN user_group g ON g.id = m.group_id
         WHERE m.project_id = ?
           AND (m.user_id = ?
                OR m.group_id IN (SELECT u.group_id FROM user_group_member u WHERE u.user_id = ?))
         ORDER BY m.id
        """,
        row -> new Membership(row.getInt(1), row.getString(2)),
        projectId,
        userId,
        userId);
  }

  private Optional<Reason> reason(Membership membership, Question.OfProject question) {
    String through =
        membership.group() == null ? "is a member" : "is in the group " + membership.group();
    return roles
        .find(membership.roleId())
        .filter(role -> allows(role, question))
        .map(role -> reason(role, through + " with the role " + role.name()));
  }

  private static Reason reason(RoleInfo role, String text) {
    return new Reason("role", role.id(), role.repositories(), text);
  }

  private static boolean allows(RoleInfo role, Question.OfProject question) {
    return has(role, question.permission())
        && (role.repositories().isEmpty()
            || !question.permission().ofRepository()
            || question.repository().isEmpty()
            || role.repositories().stream()
                .anyMatch(glob -> Glob.parse(glob).matches(question.repository())));
  }

  private static boolean has(RoleInfo role, ProjectPermission permission) {
    return role.permissions().contains(permission)
        || (permission == ProjectPermission.REPOSITORY_PULL
            && role.permissions().contains(ProjectPermission.REPOSITORY_PUSH));
  }
}
