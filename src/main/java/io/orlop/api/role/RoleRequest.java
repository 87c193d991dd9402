package io.orlop.api.role;

import io.orlop.access.ProjectPermission;
import io.orlop.access.role.RoleDraft;
import io.orlop.platform.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a role is to be. */
record RoleRequest(
    @Nullable String name,
    @Nullable String description,
    @Nullable List<@Nullable Pair> permissions,
    @Nullable List<@Nullable String> repositories) {

  /** A resource and an action. */
  record Pair(@Nullable String resource, @Nullable String action) {}

  RoleDraft draft() {
    return new RoleDraft(text(name), text(description), known(), patterns());
  }

  private List<ProjectPermission> known() {
    List<ProjectPermission> known = new ArrayList<>();
    for (Pair pair : permissions == null ? List.<@Nullable Pair>of() : permissions) {
      String resource = pair == null ? "" : text(pair.resource);
      String action = pair == null ? "" : text(pair.action);
      known.add(
          ProjectPermission.find(resource, action)
              .orElseThrow(() ->
                  ErrorCode.BAD_REQUEST.exception(
                      "permissions in body: no project has " + resource + ":" + action)));
    }
    return known;
  }

  private List<String> patterns() {
    List<String> patterns = new ArrayList<>();
    for (String pattern : repositories == null ? List.<@Nullable String>of() : repositories) {
      patterns.add(text(pattern));
    }
    return patterns;
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
