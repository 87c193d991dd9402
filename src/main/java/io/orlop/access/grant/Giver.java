package io.orlop.access.grant;

import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.ProjectPermission;
import io.orlop.access.SystemPermission;
import io.orlop.identity.Principal;
import io.orlop.identity.robot.RobotAccount;
import io.orlop.identity.robot.RobotPermission;
import io.orlop.identity.robot.RobotService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells what a principal may hand on to a robot account: what it has itself. */
@ApplicationScoped
class Giver {
  private final Authorizer authorizer;
  private final RobotService robots;

  Giver(Authorizer authorizer, RobotService robots) {
    this.authorizer = authorizer;
    this.robots = robots;
  }

  /** Finds the first of some permissions that a principal does not have. */
  Optional<RobotPermission> firstMissing(
      Principal principal, Collection<RobotPermission> permissions) {
    if (principal.systemAdministrator()) {
      return Optional.empty();
    }
    Predicate<RobotPermission> has =
        switch (principal) {
          case Principal.RobotPrincipal robot -> byGrants(robot);
          case Principal.UserPrincipal _, Principal.PersonalToken _ ->
              byRights(principal, permissions);
          case Principal.Anonymous _ -> _ -> false;
        };
    return permissions.stream().filter(has.negate()).findFirst();
  }

  /** What everybody may do in a public project is not a robot's to give: that may end. */
  private Predicate<RobotPermission> byGrants(Principal.RobotPrincipal robot) {
    List<RobotPermission> own =
        robots.find(robot.id()).map(RobotAccount::permissions).orElse(List.of());
    return wanted -> own.stream().anyMatch(held -> held.covers(wanted));
  }

  private Predicate<RobotPermission> byRights(
      Principal principal, Collection<RobotPermission> permissions) {
    Set<String> projects =
        permissions.stream()
            .map(RobotPermission::project)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    Map<String, ProjectAccess> access = authorizer.decide(principal, projects);
    Set<SystemPermission> system = authorizer.system(principal);
    return wanted ->
        switch (wanted.kind()) {
          case SYSTEM ->
              SystemPermission.find(wanted.resource(), wanted.action())
                  .filter(system::contains)
                  .isPresent();
          case PROJECT ->
              ProjectPermission.find(wanted.resource(), wanted.action())
                  .filter(permission -> holds(access.get(wanted.project()), permission))
                  .isPresent();
        };
  }

  private static boolean holds(@Nullable ProjectAccess access, ProjectPermission permission) {
    // Harbor gives no role the list of the metadata, but every project administrator may give it.
    return access != null
        && (access.allows(permission)
            || (permission == ProjectPermission.METADATA_LIST
                && access.allows(ProjectPermission.METADATA_UPDATE)));
  }
}
