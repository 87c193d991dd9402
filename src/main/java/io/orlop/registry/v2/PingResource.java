package io.orlop.registry.v2;

import io.orlop.access.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Says that this is a registry, to whoever is signed in: {@code docker login} checks a password
 * here.
 */
@Path("/v2")
@RegistryDoor
@RunOnVirtualThread
public class PingResource {

  @GET
  @Authenticated
  public Response ping() {
    return Response.ok("{}").type(MediaType.APPLICATION_JSON_TYPE).build();
  }
}
