package io.orlop.api.system;

import io.orlop.access.PublicEndpoint;
import io.orlop.api.ApiDoor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Says which version of the API is served: clients look here before anything else. */
@Path("/api/version")
@ApiDoor
@RunOnVirtualThread
public class VersionResource {

  /** The body. */
  public record Version(String version) {}

  @GET
  @PublicEndpoint
  @Produces(MediaType.APPLICATION_JSON)
  public Version version() {
    return new Version("v2.0");
  }
}
