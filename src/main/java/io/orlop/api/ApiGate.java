package io.orlop.api;

import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.ProjectPermission;
import io.orlop.access.SystemPermission;
import io.orlop.identity.Principal;
import io.orlop.oci.InvalidNameException;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Lets callers into projects and at the registry as a whole, or sends them away as Harbor does. To
 * those who may not see a project, one that exists and one that does not look the same.
 */
@ApplicationScoped
public class ApiGate {
  private final Authorizer authorizer;
  private final ApiCall call;

  ApiGate(Authorizer authorizer, ApiCall call) {
    this.authorizer = authorizer;
    this.call = call;
  }

  /** Requires a right on the registry as a whole. */
  public void require(SystemPermission permission) {
    if (!allows(permission)) {
      throw Refusals.of(call);
    }
  }

  /** Tells whether the caller has a right on the registry as a whole. */
  public boolean allows(SystemPermission permission) {
    return authorizer.system(call.principal()).contains(permission);
  }

  /**
   * Requires a right in a project, if only in some of its repositories.
   *
   * @return what the caller may do there
   */
  public ProjectAccess require(ProjectPermission permission, long projectId) {
    return authorizer
        .decide(call.principal(), projectId)
        .filter(access -> access.allowsSomewhere(permission))
        .orElseThrow(() -> refusal(Long.toString(projectId)));
  }

  /**
   * Requires a right in the project that a path names.
   *
   * @param isName whether digits are a name too
   */
  public ProjectAccess require(ProjectPermission permission, String nameOrId, boolean isName) {
    return find(nameOrId, isName)
        .filter(access -> access.allowsSomewhere(permission))
        .orElseThrow(() -> refusal(nameOrId));
  }

  /** Requires a right on one repository, which need not exist. */
  public ProjectAccess require(ProjectPermission permission, String project, String path) {
    ProjectAccess access = require(permission, project, true);
    if (!access.allows(permission) && !reaches(access, permission, path)) {
      throw Refusals.of(call);
    }
    return access;
  }

  private static boolean reaches(ProjectAccess access, ProjectPermission permission, String path) {
    try {
      return access.allows(permission, new RepositoryName(access.name() + "/" + path));
    } catch (InvalidNameException e) {
      return false; // No pattern is about what cannot be a name.
    }
  }

  private Optional<ProjectAccess> find(String nameOrId, boolean isName) {
    Principal principal = call.principal();
    if (nameOrId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return !isName && nameOrId.matches("[0-9]{1,18}")
        ? authorizer.decide(principal, Long.parseLong(nameOrId))
        : authorizer.decide(principal, nameOrId);
  }

  private RegistryException refusal(String project) {
    return call.principal().systemAdministrator()
        ? ErrorCode.NOT_FOUND.exception("project " + project + " not found")
        : Refusals.of(call);
  }
}
