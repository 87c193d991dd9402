package io.orlop.registry.v2;

import io.orlop.access.Action;
import io.orlop.access.RequiresAction;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.artifact.TagService;
import io.orlop.platform.http.PublicUrls;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * The list of a repository's tags.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags">distribution-spec,
 *     listing tags</a>
 */
@Path("/v2/{name:.+}/tags/list")
@RegistryDoor
@RunOnVirtualThread
public class TagResource {
  private final TagService tags;
  private final PublicUrls urls;
  private final RegistryCall call;

  TagResource(TagService tags, PublicUrls urls, RegistryCall call) {
    this.tags = tags;
    this.urls = urls;
    this.call = call;
  }

  /** The body: the repository and a page of its tags. */
  public record TagList(String name, List<String> tags) {}

  /** Lists tags in byte order. */
  @GET
  @RequiresAction(Action.PULL)
  public Response list(
      @RestPath String name,
      @RestQuery @Nullable String n,
      @RestQuery @Nullable String last,
      @Context HttpServerRequest request) {
    return list(call.repository(), n, last, request);
  }

  Response list(
      RepositoryRef where, @Nullable String n, @Nullable String last, HttpServerRequest request) {
    String repository = where.name().value();
    return new NamePage(n, last)
        .answer(
            urls.of(request),
            "/v2/" + repository + "/tags/list",
            (after, limit) -> tags.namesAfter(where, after, limit),
            page -> new TagList(repository, page));
  }
}
