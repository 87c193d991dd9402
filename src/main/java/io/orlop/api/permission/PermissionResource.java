package io.orlop.api.permission;

import io.orlop.access.Administration;
import io.orlop.access.Authenticated;
import io.orlop.access.ProjectPermission;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiCall;
import io.orlop.api.ApiDoor;
import io.orlop.api.OmitEmpty;
import io.orlop.api.Refusals;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be given to robot accounts. */
@Path("/api/v2.0/permissions")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PermissionResource {
  private static final List<PermissionPair> SYSTEM =
      Arrays.stream(SystemPermission.values())
          .filter(SystemPermission::forRobots)
          .map(PermissionPair::of)
          .toList();

  private static final List<PermissionPair> PROJECT =
      Arrays.stream(ProjectPermission.values())
          .filter(ProjectPermission::forRobots)
          .map(PermissionPair::of)
          .toList();

  private final Administration administration;
  private final ApiCall call;

  PermissionResource(Administration administration, ApiCall call) {
    this.administration = administration;
    this.call = call;
  }

  /** What can be given, on the registry as a whole and in projects. */
  record Permissions(
      @OmitEmpty @Nullable List<PermissionPair> system, List<PermissionPair> project) {}

  /** Lists what the caller could give. */
  @GET
  @Authenticated
  public Permissions list() {
    if (administration.seesAll(call.principal())) {
      return new Permissions(SYSTEM, PROJECT);
    }
    if (administration.ofAnyProject(call.principal())) {
      return new Permissions(null, PROJECT);
    }
    throw Refusals.of(call);
  }
}
