package io.orlop.api;

import io.orlop.platform.http.PublicUrls;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Objects;

/** Answers that something was made. */
@ApplicationScoped
public class Created {
  private final PublicUrls urls;

  Created(PublicUrls urls) {
    this.urls = urls;
  }

  /** Answers without a body; the new thing is below the path that was asked. */
  public Response at(HttpServerRequest request, long id) {
    return answer(request, id).build();
  }

  /** Answers with a body. */
  public Response at(HttpServerRequest request, long id, Object body) {
    return answer(request, id).entity(body).type(MediaType.APPLICATION_JSON_TYPE).build();
  }

  private ResponseBuilder answer(HttpServerRequest request, long id) {
    String asked = Objects.requireNonNullElse(request.path(), "");
    String path = asked.endsWith("/") ? asked : asked + "/";
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, urls.of(request).prefix() + path + id);
  }
}
