package io.orlop.registry.v2;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Adds what every answer of {@code /v2} carries. */
class ApiVersionFilter {

  @ServerResponseFilter
  public void mark(ContainerRequestContext request, ContainerResponseContext response) {
    if (!request.getUriInfo().getPath().startsWith("/v2")) {
      return;
    }
    response.getHeaders().putSingle("Docker-Distribution-API-Version", "registry/2.0");
    if (response.getStatus() == 401 && request.getProperty(Challenge.PROPERTY) != null) {
      response
          .getHeaders()
          .putSingle(HttpHeaders.WWW_AUTHENTICATE, request.getProperty(Challenge.PROPERTY));
    }
  }
}
