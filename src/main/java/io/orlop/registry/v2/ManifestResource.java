package io.orlop.registry.v2;

import io.orlop.access.Action;
import io.orlop.access.RequiresAction;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.artifact.ManifestService;
import io.orlop.catalog.artifact.ManifestStat;
import io.orlop.catalog.pull.PullRecorder;
import io.orlop.oci.Digest;
import io.orlop.oci.MediaType;
import io.orlop.oci.Reference;
import io.orlop.oci.TagName;
import io.orlop.platform.event.DomainEvent;
import io.orlop.platform.event.DomainEvents;
import io.orlop.platform.http.PublicUrls;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * Manifests: pulled, pushed and deleted by tag or digest.
 *
 * <p>A manifest is always served as the type that it was pushed with, whatever a client says that
 * it accepts: converting would change the digest.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests">distribution-spec,
 *     pulling manifests</a>
 */
@Path("/v2/{name:.+}/manifests/{reference:[^/]+}")
@RegistryDoor
@RunOnVirtualThread
public class ManifestResource {
  private final ManifestService manifests;
  private final ManifestBudget pushes = new ManifestBudget();
  private final ManifestBudget pulls = new ManifestBudget();
  private final PullRecorder pullCounts;
  private final PublicUrls urls;
  private final RegistryCall call;
  private final DomainEvents events;

  ManifestResource(
      ManifestService manifests,
      PullRecorder pullCounts,
      PublicUrls urls,
      RegistryCall call,
      DomainEvents events) {
    this.events = events;
    this.manifests = manifests;
    this.pullCounts = pullCounts;
    this.urls = urls;
    this.call = call;
  }

  /** Serves a manifest. */
  @GET
  @RequiresAction(Action.PULL)
  public Response get(
      @RestPath String name, @RestPath String reference, @Context RoutingContext context) {
    return get(call.repository(), reference, context);
  }

  Response get(RepositoryRef repository, String reference, RoutingContext context) {
    Reference parsed = Reference.parse(reference);
    ManifestService.Found found = manifests.find(repository, parsed);
    return answer(repository, parsed, found, pullCounts.rules(), context);
  }

  /** Serves a manifest without waiting for anything; empty if that is not possible. */
  Optional<Response> getAtOnce(RepositoryRef repository, String reference, RoutingContext context) {
    Reference parsed = Reference.parse(reference);
    Optional<PullRecorder.Rules> counting = pullCounts.rulesAtHand();
    return manifests
        .remembered(repository, parsed)
        .filter(found -> found.bytes().isPresent() && counting.isPresent())
        .map(found -> answer(repository, parsed, found, counting.orElseThrow(), context));
  }

  private Response answer(
      RepositoryRef repository,
      Reference parsed,
      ManifestService.Found found,
      PullRecorder.Rules counting,
      RoutingContext context) {
    ManifestStat manifest = found.stat();
    if (ETags.matches(ifNoneMatch(context.request()), manifest.digest())) {
      return described(Response.notModified(), parsed, manifest.digest()).build();
    }
    Object body =
        found.bytes().isPresent() ? found.bytes().get() : large(repository, manifest, context);
    if (!isCopying(context.request())) {
      events.happened(
          new DomainEvent.ArtifactPulled(
              repository.projectId(), repository.name(), parsed, manifest.digest()));
      pullCounts.pulled(repository, parsed, manifest.digest(), counting);
    }
    return described(Response.ok(body), parsed, manifest.digest())
        .type(manifest.mediaType())
        .header(HttpHeaders.CONTENT_LENGTH, manifest.size())
        .build();
  }

  /** Holds a large manifest only until it is written, however slowly its client reads. */
  private StreamingOutput large(
      RepositoryRef repository, ManifestStat manifest, RoutingContext context) {
    ManifestBudget.Share share = pulls.open();
    context.addEndHandler(_ -> share.close());
    share.take(manifest.size());
    byte[] bytes = manifests.bytes(repository, manifest.digest());
    return output -> {
      try (share) {
        output.write(bytes);
      }
    };
  }

  /** Tells what a manifest is without its bytes. */
  @HEAD
  @RequiresAction(Action.PULL)
  public Response head(
      @RestPath String name, @RestPath String reference, @Context HttpServerRequest request) {
    return head(call.repository(), reference, request);
  }

  Response head(RepositoryRef repository, String reference, HttpServerRequest request) {
    Reference parsed = Reference.parse(reference);
    return answer(parsed, manifests.stat(repository, parsed), request);
  }

  /** Tells what a manifest is without waiting for anything; empty if that is not possible. */
  Optional<Response> headAtOnce(
      RepositoryRef repository, String reference, HttpServerRequest request) {
    Reference parsed = Reference.parse(reference);
    return manifests
        .remembered(repository, parsed)
        .map(found -> answer(parsed, found.stat(), request));
  }

  private static Response answer(
      Reference parsed, ManifestStat manifest, HttpServerRequest request) {
    if (ETags.matches(ifNoneMatch(request), manifest.digest())) {
      return described(Response.notModified(), parsed, manifest.digest()).build();
    }
    return described(Response.ok(), parsed, manifest.digest())
        .type(manifest.mediaType())
        .header(HttpHeaders.CONTENT_LENGTH, manifest.size())
        .build();
  }

  /** Takes in a manifest. */
  @PUT
  @Consumes("*/*")
  @RequiresAction(Action.PUSH)
  public Response put(
      @RestPath String name,
      @RestPath String reference,
      @RestQuery List<String> tag,
      @RestHeader(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @Context HttpServerRequest request,
      @Context HttpHeaders headers,
      InputStream body)
      throws IOException {
    Reference parsed = Reference.parse(reference);
    SortedSet<TagName> tags =
        tag.stream().map(TagName::new).collect(Collectors.toCollection(TreeSet::new));
    MediaType announced = contentType == null ? null : MediaType.parse(contentType);
    try (ManifestBudget.Share share = pushes.open()) {
      byte[] bytes = ManifestBody.read(headers, body, share);
      return created(
          request, manifests.push(call.repository(), parsed, tags, announced, bytes), tags);
    }
  }

  /** Deletes a tag alone, or a manifest and all its tags. */
  @DELETE
  @RequiresAction(Action.DELETE)
  public Response delete(@RestPath String name, @RestPath String reference) {
    manifests.delete(call.repository(), Reference.parse(reference));
    return Response.accepted().build();
  }

  private Response created(
      HttpServerRequest request, ManifestService.Pushed pushed, SortedSet<TagName> asked) {
    ResponseBuilder response =
        Response.status(201)
            .header(
                HttpHeaders.LOCATION,
                Paths.manifest(urls.of(request), call.repository().name(), pushed.digest()))
            .header(Headers.DIGEST, pushed.digest());
    pushed.subject().ifPresent(subject -> response.header(Headers.SUBJECT, subject));
    if (!asked.isEmpty()) {
      response.header(
          Headers.TAG,
          pushed.tags().stream().map(TagName::value).collect(Collectors.joining(", ")));
    }
    return response.build();
  }

  /** Registries that copy among each other call themselves this, as Harbor does. */
  private static boolean isCopying(HttpServerRequest request) {
    return "harbor-registry-client".equals(request.getHeader(HttpHeaders.USER_AGENT));
  }

  private static @Nullable String ifNoneMatch(HttpServerRequest request) {
    return request.getHeader(HttpHeaders.IF_NONE_MATCH);
  }

  private static ResponseBuilder described(
      ResponseBuilder response, Reference reference, Digest digest) {
    String caching =
        switch (reference) {
          case Reference.ByDigest _ -> "private, max-age=31536000, immutable";
          case Reference.ByTag _ -> "private, no-cache";
        };
    return response
        .header(Headers.DIGEST, digest)
        .header(HttpHeaders.ETAG, ETags.of(digest))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header(HttpHeaders.CACHE_CONTROL, caching);
  }
}
