package io.orlop.api;

import io.orlop.platform.http.PublicUrls;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

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
  public <T> RestResponse<List<T>> answer(
      List<T> items, long total, PageRequest page, HttpServerRequest request) {
    String path = urls.of(request).prefix() + request.path();
    String links = new PageLinks(path, request.query()).header(page, total);
    ResponseBuilder<List<T>> answer =
        ResponseBuilder.ok(items, MediaType.APPLICATION_JSON_TYPE).header("X-Total-Count", total);
    return (links.isEmpty() ? answer : answer.header("Link", links)).build();
  }
}
