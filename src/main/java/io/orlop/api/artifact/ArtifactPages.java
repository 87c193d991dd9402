package io.orlop.api.artifact;

import io.orlop.api.ListQuery;
import io.orlop.api.PageRequest;
import io.orlop.api.Pages;
import io.orlop.catalog.inventory.ArtifactInfo;
import io.orlop.catalog.inventory.ArtifactQueries.Wanted;
import io.orlop.catalog.inventory.Page;
import io.orlop.catalog.inventory.Window;
import io.orlop.platform.http.PublicUrls;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Answers with a page of a list of artifacts. */
@ApplicationScoped
class ArtifactPages {
  private final Pages pages;
  private final PublicUrls urls;

  ArtifactPages(Pages pages, PublicUrls urls) {
    this.pages = pages;
    this.urls = urls;
  }

  /** Returns what a caller wants to see on a page. */
  static Wanted wanted(ListQuery query, PageRequest page) {
    return new Wanted(query.q(), query.sort(), new Window(page.limit(), page.offset()));
  }

  RestResponse<List<ArtifactResponse>> answer(
      Page<ArtifactInfo> found, PageRequest page, HttpServerRequest request) {
    String prefix = urls.of(request).prefix();
    return pages.answer(
        found.items().stream().map(one -> ArtifactResponse.of(one, prefix)).toList(),
        found.total(),
        page,
        request);
  }
}
