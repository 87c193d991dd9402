package io.orlop.api.system;

import io.orlop.access.PublicEndpoint;
import io.orlop.api.ApiDoor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Says that the process answers, whatever the state of its parts. */
@Path("/api/v2.0/ping")
@ApiDoor
@RunOnVirtualThread
public class PingResource {

  @GET
  @PublicEndpoint
  @Produces(MediaType.TEXT_PLAIN)
  public String ping() {
    return "Pong";
  }
}
