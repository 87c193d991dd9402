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
    return at(request, Long.toString(id));
  }

  /** Answers without a body; the new thing is below the path that was asked, by a name. */
  public Response at(HttpServerRequest request, String name) {
    return answer(request, name).build();
  }

  /** Answers with a body. */
  public Response at(HttpServerRequest request, long id, Object body) {
    return answer(request, Long.toString(id))
        .entity(body)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private ResponseBuilder answer(HttpServerRequest request, String name) {
    String asked = Objects.requireNonNullElse(request.path(), "");
    String path = asked.endsWith("/") ? asked : asked + "/";
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, urls.of(request).prefix() + path + name);
  }
}
