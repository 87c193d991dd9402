package io.orlop.access;

import io.orlop.identity.Principal;
import io.orlop.identity.TokenScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** Makes rights of what is known of a principal: the union of all that gives some. */
final class Rights {
  private Rights() {}

  /** What a principal may do in a project. */
  static ProjectAccess of(
      Principal principal,
      Authorizer.Standing standing,
      Map<Integer, CustomRoles.Definition> custom) {
    return switch (principal) {
      case Principal.UserPrincipal user -> ofUser(user, standing, custom);
      case Principal.PersonalToken token ->
          restricted(ofUser(token.user(), standing, custom), token.scope());
      case Principal.RobotPrincipal _ -> access(standing, robot(standing), List.of());
      case Principal.Anonymous _ -> access(standing, everybody(standing), List.of());
    };
  }

  /**
   * What a principal may do to the registry as a whole.
   *
   * @param robots returns the pairs that a robot account was given
   */
  static Set<SystemPermission> ofSystem(Principal principal, LongFunction<Set<String>> robots) {
    return switch (principal) {
      case Principal.UserPrincipal user -> ofSystem(user);
      case Principal.PersonalToken token -> restricted(ofSystem(token.user()), token.scope());
      case Principal.RobotPrincipal robot -> {
        Set<String> pairs = robots.apply(robot.id());
        yield kept(
            EnumSet.allOf(SystemPermission.class),
            permission -> pairs.contains(permission.resource() + ":" + permission.action()));
      }
      case Principal.Anonymous _ -> Set.of();
    };
  }

  private static Set<SystemPermission> ofSystem(Principal.UserPrincipal user) {
    Set<SystemPermission> all = EnumSet.allOf(SystemPermission.class);
    if (user.systemAdministrator()) {
      return all;
    }
    return user.auditor() ? kept(all, SystemPermission::reads) : Set.of();
  }

  private static ProjectAccess ofUser(
      Principal.UserPrincipal user,
      Authorizer.Standing standing,
      Map<Integer, CustomRoles.Definition> custom) {
    Set<ProjectPermission> everywhere = everybody(standing);
    List<ProjectAccess.Partial> partial = new ArrayList<>();
    if (user.systemAdministrator()) {
      everywhere.addAll(EnumSet.allOf(ProjectPermission.class));
    } else if (user.auditor()) {
      everywhere.addAll(
          kept(
              EnumSet.allOf(ProjectPermission.class),
              permission -> permission.reads() && permission != ProjectPermission.REPOSITORY_PULL));
    }
    for (int id : standing.roles()) {
      Role.find(id).ifPresent(role -> everywhere.addAll(role.permissions()));
      Optional.ofNullable(custom.get(id)).ifPresent(role -> add(role, everywhere, partial));
    }
    return access(standing, everywhere, partial);
  }

  /** Patterns limit what is done to repositories; all else in a role is about the project. */
  private static void add(
      CustomRoles.Definition role,
      Set<ProjectPermission> everywhere,
      List<ProjectAccess.Partial> partial) {
    Set<ProjectPermission> held = withPull(role.permissions());
    if (role.globs().isEmpty()) {
      everywhere.addAll(held);
      return;
    }
    everywhere.addAll(kept(held, permission -> !permission.ofRepository()));
    partial.add(
        new ProjectAccess.Partial(role.globs(), kept(held, ProjectPermission::ofRepository)));
  }

  private static Set<ProjectPermission> robot(Authorizer.Standing standing) {
    Set<ProjectPermission> given =
        kept(
            EnumSet.allOf(ProjectPermission.class),
            permission -> standing.pairs().contains(permission.pair()));
    given.addAll(everybody(standing));
    return withPull(given);
  }

  /** Nobody can push who cannot see what is there already. */
  private static Set<ProjectPermission> withPull(Set<ProjectPermission> permissions) {
    Set<ProjectPermission> all = EnumSet.noneOf(ProjectPermission.class);
    all.addAll(permissions);
    if (all.contains(ProjectPermission.REPOSITORY_PUSH)) {
      all.add(ProjectPermission.REPOSITORY_PULL);
    }
    return all;
  }

  private static Set<SystemPermission> restricted(
      Set<SystemPermission> permissions, TokenScope scope) {
    if (!scope.projectIds().isEmpty()) {
      return Set.of();
    }
    return switch (scope.level()) {
      case READ, PUSH -> kept(permissions, SystemPermission::reads);
      case ADMIN -> permissions;
    };
  }

  private static Set<ProjectPermission> everybody(Authorizer.Standing standing) {
    return kept(
        EnumSet.allOf(ProjectPermission.class),
        permission -> standing.isPublic() && permission.heldByEverybody());
  }

  private static ProjectAccess restricted(ProjectAccess access, TokenScope scope) {
    Predicate<ProjectPermission> inScope =
        permission ->
            scope.reaches(access.projectId())
                && switch (scope.level()) {
                  case READ -> permission.reads();
                  case PUSH ->
                      permission.reads() || Role.DEVELOPER.permissions().contains(permission);
                  case ADMIN -> true;
                };
    List<ProjectAccess.Partial> partial =
        access.partial().stream()
            .map(part -> new ProjectAccess.Partial(part.globs(), kept(part.permissions(), inScope)))
            .toList();
    return new ProjectAccess(
        access.projectId(),
        access.name(),
        access.isPublic(),
        kept(access.permissions(), inScope),
        partial,
        access.roles());
  }

  private static ProjectAccess access(
      Authorizer.Standing standing,
      Set<ProjectPermission> everywhere,
      List<ProjectAccess.Partial> partial) {
    return new ProjectAccess(
        standing.projectId(),
        standing.name(),
        standing.isPublic(),
        everywhere,
        partial,
        standing.roles().stream().sorted(Comparator.comparingInt(Rights::rank)).toList());
  }

  /** The greatest role comes first, custom ones after the built-in ones. */
  private static int rank(int roleId) {
    return Role.find(roleId).map(role -> -role.power()).orElse(roleId);
  }

  private static <E extends Enum<E>> Set<E> kept(Collection<E> all, Predicate<E> wanted) {
    if (all.isEmpty()) {
      return Set.of();
    }
    Set<E> kept = EnumSet.copyOf(all);
    kept.removeIf(wanted.negate());
    return kept;
  }
}
