package io.orlop.registry.v2;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Adds what every answer of {@code /v2} carries. */
class ApiVersionFilter {

  @ServerResponseFilter
  public void mark(ContainerRequestContext request, ContainerResponseContext response) {
    if (!request.getUriInfo().getPath().startsWith("/v2")) {
      return;
    }
    mark(response.getStatus(), response.getHeaders(), request.getProperty(Challenge.PROPERTY));
  }

  /** Marks an answer that does not pass through filters. */
  static void mark(Response answer, @Nullable Object challenge) {
    mark(answer.getStatus(), answer.getHeaders(), challenge);
  }

  private static void mark(
      int status, MultivaluedMap<String, Object> headers, @Nullable Object challenge) {
    headers.putSingle("Docker-Distribution-API-Version", "registry/2.0");
    if (status == 401 && challenge != null) {
      headers.putSingle(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }
  }
}
