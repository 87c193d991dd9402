package io.orlop.registry.v2;

import io.orlop.access.RequiresSystemAdministrator;
import io.orlop.catalog.Repositories;
import io.orlop.platform.http.PublicUrls;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The list of all repositories, for administrators. */
@Path("/v2/_catalog")
@RegistryDoor
@RunOnVirtualThread
public class CatalogResource {
  private final Repositories repositories;
  private final PublicUrls urls;

  CatalogResource(Repositories repositories, PublicUrls urls) {
    this.repositories = repositories;
    this.urls = urls;
  }

  /** The body: a page of repositories. */
  public record Catalog(List<String> repositories) {}

  /** Lists repositories in byte order. */
  @GET
  @RequiresSystemAdministrator
  public Response list(
      @RestQuery @Nullable String n,
      @RestQuery @Nullable String last,
      @Context HttpServerRequest request) {
    return new NamePage(n, last)
        .answer(urls.of(request), "/v2/_catalog", repositories::namesAfter, Catalog::new);
  }
}
