package io.orlop.api.permission;

import io.orlop.access.Authenticated;
import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.access.ProjectPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.Booleans;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What the caller may do. */
@Path("/api/v2.0/users/current/permissions")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CurrentPermissionResource {
  private static final Pattern PROJECT = Pattern.compile("(/project/([0-9]{1,18}))(?:/.*)?");
  private static final Pattern SYSTEM = Pattern.compile("(/system)(?:/.*)?");

  private final Authorizer authorizer;
  private final ApiCall call;

  CurrentPermissionResource(Authorizer authorizer, ApiCall call) {
    this.authorizer = authorizer;
    this.call = call;
  }

  /**
   * Lists what the caller may do.
   *
   * @param scope a project or the system as a resource, or what such a resource begins with
   * @param relative whether to list only what begins so, without that beginning
   */
  @GET
  @Authenticated
  public List<PermissionPair> list(
      @RestQuery @Nullable String scope, @RestQuery @Nullable String relative) {
    String prefix = scope == null ? "" : scope;
    Stream<PermissionPair> all = within(prefix);
    return Booleans.parse(relative).orElse(false)
        ? all.filter(pair -> pair.resource().startsWith(prefix))
            .map(pair -> relativeTo(prefix, pair))
            .toList()
        : all.toList();
  }

  private Stream<PermissionPair> within(String scope) {
    Matcher project = PROJECT.matcher(scope);
    if (project.matches()) {
      return ofProject(project.group(1), Long.parseLong(project.group(2)));
    }
    Matcher system = SYSTEM.matcher(scope);
    return system.matches()
        ? authorizer.system(call.principal()).stream()
            .map(PermissionPair::of)
            .map(pair -> below(system.group(1), pair))
        : Stream.empty();
  }

  private Stream<PermissionPair> ofProject(String resource, long id) {
    Optional<ProjectAccess> access = authorizer.decide(call.principal(), id);
    return Arrays.stream(ProjectPermission.values())
        .filter(
            permission -> access.filter(rights -> rights.allowsSomewhere(permission)).isPresent())
        .map(permission ->
            permission.resource().equals("project")
                ? new PermissionPair(resource, permission.action())
                : below(resource, PermissionPair.of(permission)));
  }

  private static PermissionPair below(String parent, PermissionPair pair) {
    return new PermissionPair(parent + "/" + pair.resource(), pair.action());
  }

  private static PermissionPair relativeTo(String prefix, PermissionPair pair) {
    String rest = pair.resource().substring(prefix.length());
    String relative = rest.startsWith("/") ? rest.substring(1) : rest;
    return new PermissionPair(relative.isEmpty() ? "." : relative, pair.action());
  }
}
