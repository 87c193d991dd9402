package io.orlop.api.allowlist;

import io.orlop.access.Authenticated;
import io.orlop.access.RequiresSystemPermission;
import io.orlop.access.SystemPermission;
import io.orlop.api.ApiDoor;
import io.orlop.api.Bodies;
import io.orlop.api.Changes;
import io.orlop.catalog.project.CveAllowlists;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The vulnerabilities that do not count in any project that has no list of its own. */
@Path("/api/v2.0/system/CVEAllowlist")
@ApiDoor
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SystemCveAllowlistResource {
  private final CveAllowlists allowlists;
  private final Changes changes;

  SystemCveAllowlistResource(CveAllowlists allowlists, Changes changes) {
    this.allowlists = allowlists;
    this.changes = changes;
  }

  @GET
  @Authenticated
  public CveAllowlistResponse get() {
    return CveAllowlistResponse.of(allowlists.ofSystem());
  }

  @PUT
  @RequiresSystemPermission(SystemPermission.CONFIGURATION_UPDATE)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response replace(@Nullable CveAllowlistRequest body) {
    allowlists.setSystem(Bodies.required(body, "allowlist").changeOf(0));
    changes.ofSystem(Changes.UPDATE, "cve_allowlist", "system");
    return Response.ok().build();
  }
}
