package io.orlop.api.project;

import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.api.ApiCall;
import io.orlop.api.Booleans;
import io.orlop.api.Refusals;
import io.orlop.catalog.project.ProjectInfo;
import io.orlop.catalog.project.ProjectService;
import io.orlop.platform.error.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the project that a path names, for callers who may see it. To others a project that exists
 * and one that does not look the same.
 */
@ApplicationScoped
class ProjectGate {
  private final ProjectService projects;
  private final Authorizer authorizer;
  private final ApiCall call;

  ProjectGate(ProjectService projects, Authorizer authorizer, ApiCall call) {
    this.projects = projects;
    this.authorizer = authorizer;
    this.call = call;
  }

  /** A project, and what the caller may do there. */
  record Entry(ProjectInfo project, ProjectAccess access) {}

  /**
   * Finds a project that the caller may see.
   *
   * @param isName the header {@code X-Is-Resource-Name}: whether digits are a name too
   */
  Entry readable(String nameOrId, @Nullable String isName) {
    return find(nameOrId, isName, ProjectAccess::readable);
  }

  /** Finds a project that the caller may delete. */
  Entry administered(String nameOrId, @Nullable String isName) {
    return find(nameOrId, isName, ProjectAccess::administered);
  }

  private Entry find(String nameOrId, @Nullable String isName, Predicate<ProjectAccess> right) {
    return resolve(nameOrId, Booleans.parse(isName).orElse(false))
        .flatMap(this::entry)
        .filter(entry -> right.test(entry.access()))
        .orElseThrow(() ->
            call.principal().systemAdministrator()
                ? ErrorCode.NOT_FOUND.exception("project " + nameOrId + " not found")
                : Refusals.of(call));
  }

  private Optional<Entry> entry(ProjectInfo project) {
    return authorizer
        .decide(call.principal(), project.name())
        .map(access -> new Entry(project, access));
  }

  private Optional<ProjectInfo> resolve(String nameOrId, boolean isName) {
    return !isName && nameOrId.matches("[0-9]{1,18}")
        ? projects.find(Long.parseLong(nameOrId))
        : projects.find(nameOrId);
  }
}
