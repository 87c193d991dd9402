package io.orlop.api.system;

import io.orlop.access.PublicEndpoint;
import io.orlop.api.ApiDoor;
import io.orlop.system.health.ComponentHealth;
import io.orlop.system.health.HealthService;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Tells by the status whether to restart this process, and whether to send it requests. */
@Path("/health")
@ApiDoor
@RunOnVirtualThread
public class ProbeResource {
  private final HealthService health;

  ProbeResource(HealthService health) {
    this.health = health;
  }

  /** Says that the process answers. A restart would not help anything that it waits for. */
  @GET
  @Path("/live")
  @PublicEndpoint
  public Response live() {
    return answer(200, "live\n");
  }

  /**
   * Says whether requests can be served at all: whether the database answers. A store that is full
   * or a blob that is damaged is no reason to serve nothing, see the health of the parts.
   */
  @GET
  @Path("/ready")
  @PublicEndpoint
  public Response ready() {
    boolean ready =
        health.check().stream()
            .filter(part -> part.name().equals("database"))
            .allMatch(ComponentHealth::isHealthy);
    return ready ? answer(200, "ready\n") : answer(503, "the database does not answer\n");
  }

  private static Response answer(int status, String text) {
    return Response.status(status).type(MediaType.TEXT_PLAIN_TYPE).entity(text).build();
  }
}
