package io.orlop.access;

import io.orlop.oci.RepositoryName;
import io.orlop.platform.text.Glob;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a principal may do in a project that exists.
 *
 * @param projectId the project; a project that is deleted and made again has another id
 * @param name its name
 * @param isPublic whether everybody may pull from it
 * @param permissions what is allowed everywhere in it
 * @param partial what is allowed in some of its repositories only
 * @param roles the ids of the roles that the principal has as a member, the greatest first
 */
public record ProjectAccess(
    long projectId,
    String name,
    boolean isPublic,
    Set<ProjectPermission> permissions,
    List<Partial> partial,
    List<Integer> roles) {

  /** Permissions that a custom role gives for some repositories. */
  public record Partial(List<Glob> globs, Set<ProjectPermission> permissions) {}

  /** Tells whether something is allowed everywhere in the project. */
  public boolean allows(ProjectPermission permission) {
    return permissions.contains(permission);
  }

  /** Tells whether something is allowed in one repository. */
  public boolean allows(ProjectPermission permission, RepositoryName repository) {
    return repositories(permission).reaches(repository);
  }

  /** Tells whether something is allowed anywhere in the project, if only in some repositories. */
  public boolean allowsSomewhere(ProjectPermission permission) {
    return !repositories(permission).isEmpty();
  }

  /** Returns the repositories in which something is allowed. */
  public RepositoryScope repositories(ProjectPermission permission) {
    List<Glob> globs =
        partial.stream()
            .filter(part -> part.permissions().contains(permission))
            .flatMap(part -> part.globs().stream())
            .toList();
    return new RepositoryScope(name, allows(permission), globs);
  }

  /** Returns what may be done to a repository through the registry API. */
  public Set<Action> actions(RepositoryName repository) {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    for (Action action : Action.values()) {
      if (allows(action, repository)) {
        actions.add(action);
      }
    }
    return actions;
  }

  /** Tells whether a repository may be pulled from, pushed to or deleted from. */
  public boolean allows(Action action, RepositoryName repository) {
    return allows(action.permission(), repository);
  }
}
