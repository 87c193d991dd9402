package io.orlop.access;

import io.orlop.identity.Principal;
import io.orlop.identity.TokenScope;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells who administers, where no project in particular is meant. */
@ApplicationScoped
public class Administration {
  private final Database database;

  Administration(Database database) {
    this.database = database;
  }

  /** Tells whether a principal may read everything: system administrators and auditors. */
  public boolean seesAll(Principal principal) {
    return switch (principal) {
      case Principal.UserPrincipal user -> user.systemAdministrator() || user.auditor();
      case Principal.PersonalToken token ->
          (token.user().systemAdministrator() || token.user().auditor())
              && token.scope().projectIds().isEmpty();
      case Principal.RobotPrincipal _, Principal.Anonymous _ -> false;
    };
  }

  /** Tells whether a principal is an administrator of some project. */
  public boolean ofAnyProject(Principal principal) {
    return switch (principal) {
      case Principal.UserPrincipal user -> administersAny(user.id());
      case Principal.PersonalToken token ->
          token.scope().level() == TokenScope.Level.ADMIN && administersAny(token.user().id());
      case Principal.RobotPrincipal _, Principal.Anonymous _ -> false;
    };
  }

  private boolean administersAny(long userId) {
    return database.exists(
        """
        SELECT FROM project_member m
         WHERE m.role = ?
           AND (m.user_id = ?
                OR m.group_id IN (SELECT g.group_id FROM user_group_member g WHERE g.user_id = ?))
         LIMIT 1
        """,
        Role.PROJECT_ADMIN.id(),
        userId,
        userId);
  }
}
