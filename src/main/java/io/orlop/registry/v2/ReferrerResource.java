package io.orlop.registry.v2;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orlop.access.Action;
import io.orlop.access.RequiresAction;
import io.orlop.catalog.artifact.Referrer;
import io.orlop.catalog.artifact.ReferrerService;
import io.orlop.oci.Digest;
import io.orlop.oci.MediaType;
import io.orlop.platform.http.PublicUrl;
import io.orlop.platform.http.PublicUrls;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * The manifests that refer to another one.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers">distribution-spec,
 *     listing referrers</a>
 */
@Path("/v2/{name:.+}/referrers/{digest:[^/]+}")
@RegistryDoor
@RunOnVirtualThread
public class ReferrerResource {
  private static final int MAX_ENTRIES = 500;

  private final ReferrerService referrers;
  private final PublicUrls urls;
  private final RegistryCall call;

  ReferrerResource(ReferrerService referrers, PublicUrls urls, RegistryCall call) {
    this.referrers = referrers;
    this.urls = urls;
    this.call = call;
  }

  /** The body: an image index. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Index(int schemaVersion, String mediaType, List<Entry> manifests) {}

  /** One descriptor of the index. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Entry(
      String mediaType,
      String digest,
      long size,
      @Nullable String artifactType,
      Map<String, String> annotations) {

    static Entry of(Referrer referrer) {
      return new Entry(
          referrer.mediaType(),
          referrer.digest().toString(),
          referrer.size(),
          referrer.artifactType(),
          referrer.annotations());
    }
  }

  /** Lists referrers, also of a manifest that is not here. */
  @GET
  @RequiresAction(Action.PULL)
  public Response list(
      @RestPath String name,
      @RestPath String digest,
      @RestQuery @Nullable String artifactType,
      @RestQuery @Nullable String n,
      @RestQuery @Nullable String last,
      @Context HttpServerRequest request) {
    Digest subject = Digest.parse(digest);
    int limit = Math.clamp(PageSize.parse(n), 1, MAX_ENTRIES);
    String after = last == null ? "" : last;
    Optional<String> filter = Optional.ofNullable(artifactType).filter(type -> !type.isEmpty());
    ReferrerService.Page found =
        referrers.list(call.repository(), subject, new ReferrerService.Query(filter, after, limit));
    List<Entry> page = found.referrers().stream().map(Entry::of).toList();
    ResponseBuilder response =
        Response.ok(new Index(2, MediaType.OCI_INDEX.value(), page))
            .type(MediaType.OCI_INDEX.value());
    filter.ifPresent(_ -> response.header(Headers.FILTERS, "artifactType"));
    if (found.more()) {
      response.header(Headers.LINK, next(urls.of(request), subject, filter, n, page.getLast()));
    }
    return response.build();
  }

  /** Asks for what this page was asked for, from its last entry on. */
  private String next(
      PublicUrl url, Digest subject, Optional<String> filter, @Nullable String n, Entry last) {
    return "<%s/referrers/%s?last=%s%s%s>; rel=\"next\""
        .formatted(
            Paths.base(url, call.repository().name()),
            subject,
            Paths.encoded(last.digest()),
            filter.map(type -> "&artifactType=" + Paths.encoded(type)).orElse(""),
            n == null ? "" : "&n=" + PageSize.parse(n));
  }
}
