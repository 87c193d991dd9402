package io.orlop.api.configuration;

import io.orlop.access.PublicEndpoint;
import io.orlop.api.ApiDoor;
import io.orlop.platform.error.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** What Harbor's own components ask each other. There are none here, and it is nobody else's. */
@Path("/api/v2.0/internalconfig")
@ApiDoor
@RunOnVirtualThread
public class InternalConfigurationResource {

  @GET
  @PublicEndpoint
  public Response get() {
    throw ErrorCode.UNAUTHORIZED.exception("unauthorized");
  }
}
