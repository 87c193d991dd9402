package io.orlop.access.grant;

import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.ProjectPermission;
import io.orlop.access.SystemPermission;
import io.orlop.identity.Principal;
import io.orlop.identity.robot.RobotPermission;
import io.orlop.identity.robot.RobotPermission.Kind;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks what is to be given to robot accounts. */
@ApplicationScoped
public class RobotGrants {
  /** The namespace of all projects. */
  public static final String ALL_PROJECTS = "*";

  /** The namespace of the registry as a whole. */
  public static final String SYSTEM = "/";

  private static final Set<String> EFFECTS = Set.of("", "allow");

  private final Authorizer authorizer;
  private final Giver giver;

  RobotGrants(Authorizer authorizer, Giver giver) {
    this.authorizer = authorizer;
    this.giver = giver;
  }

  /**
   * One thing that somebody wants to give, as it was written.
   *
   * @param entry which entry of the written list it is part of
   * @param kind {@code system} or {@code project}
   * @param namespace {@code /}, {@code *} or a project's name
   */
  public record Wanted(
      int entry, String kind, String namespace, String resource, String action, String effect) {}

  /**
   * Reads what somebody wants to give.
   *
   * @throws RegistryException BAD_REQUEST if there is no such permission for robot accounts,
   *     NOT_FOUND if there is no such project
   */
  public List<RobotPermission> read(Principal caller, Collection<Wanted> wanted) {
    wanted.forEach(RobotGrants::requireKnown);
    Set<String> projects =
        wanted.stream()
            .filter(one -> one.kind().equals(Kind.PROJECT.wireName()))
            .map(Wanted::namespace)
            .filter(namespace -> !namespace.equals(ALL_PROJECTS))
            .collect(Collectors.toSet());
    Map<String, ProjectAccess> known = authorizer.decide(caller, projects);
    return wanted.stream().map(one -> permission(one, known)).toList();
  }

  /**
   * Requires that a principal has all that it gives.
   *
   * @throws RegistryException DENIED if not
   */
  public void require(Principal principal, Collection<RobotPermission> given) {
    giver
        .firstMissing(principal, given)
        .ifPresent(missing -> {
          throw ErrorCode.DENIED.exception(
              "permission scope is invalid. It must be equal to or more restrictive than the"
                  + " permissions of its creator, who lacks "
                  + missing.pair());
        });
  }

  private static void requireKnown(Wanted wanted) {
    boolean known =
        switch (wanted.kind()) {
          case "system" ->
              wanted.namespace().equals(SYSTEM)
                  && SystemPermission.find(wanted.resource(), wanted.action())
                      .filter(SystemPermission::forRobots)
                      .isPresent();
          case "project" ->
              !Set.of("", SYSTEM).contains(wanted.namespace())
                  && ProjectPermission.find(wanted.resource(), wanted.action())
                      .filter(ProjectPermission::forRobots)
                      .isPresent();
          default ->
              throw ErrorCode.BAD_REQUEST.exception(
                  "kind in permissions must be system or project, not " + wanted.kind());
        };
    if (!known) {
      throw ErrorCode.BAD_REQUEST.exception(
          "bad request permission: %s:%s of kind %s in namespace %s"
              .formatted(wanted.resource(), wanted.action(), wanted.kind(), wanted.namespace()));
    }
    if (!EFFECTS.contains(wanted.effect())) {
      throw ErrorCode.BAD_REQUEST.exception(
          "effect in permissions must be allow, not " + wanted.effect());
    }
  }

  private static RobotPermission permission(Wanted wanted, Map<String, ProjectAccess> known) {
    boolean system = wanted.kind().equals(Kind.SYSTEM.wireName());
    boolean everywhere = system || wanted.namespace().equals(ALL_PROJECTS);
    return new RobotPermission(
        wanted.entry(),
        system ? Kind.SYSTEM : Kind.PROJECT,
        everywhere ? null : idOf(known.get(wanted.namespace()), wanted.namespace()),
        everywhere ? "" : wanted.namespace(),
        wanted.resource(),
        wanted.action(),
        wanted.effect());
  }

  private static long idOf(@Nullable ProjectAccess project, String name) {
    if (project == null) {
      throw ErrorCode.NOT_FOUND.exception("project " + name + " not found");
    }
    return project.projectId();
  }
}
