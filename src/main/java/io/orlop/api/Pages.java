package io.orlop.api;

import io.orlop.platform.http.PublicUrls;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;

/** Answers with a page of a list. */
@ApplicationScoped
public class Pages {
  private final PublicUrls urls;

  Pages(PublicUrls urls) {
    this.urls = urls;
  }

  /**
   * Makes the answer. A page beyond the end is an empty list: clients read until they get one.
   *
   * @param items the page's items
   * @param total how many items all pages have
   */
  public Response answer(List<?> items, long total, PageRequest page, HttpServerRequest request) {
    String path = urls.of(request).prefix() + request.path();
    String links = new PageLinks(path, request.query()).header(page, total);
    ResponseBuilder answer =
        Response.ok(items).type(MediaType.APPLICATION_JSON_TYPE).header("X-Total-Count", total);
    return (links.isEmpty() ? answer : answer.header("Link", links)).build();
  }
}
