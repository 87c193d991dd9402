package io.orlop.registry.v2;

import io.orlop.access.Action;
import io.orlop.access.RequiresAction;
import io.orlop.catalog.RepositoryRef;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.http.ClientAddress;
import io.orlop.platform.http.DirectAnswers;
import io.orlop.platform.http.PublicUrls;
import io.orlop.platform.http.RequestNotes;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes what pulls consist of straight to its endpoint: reads by a token, at paths as clients write
 * them. Everything else goes the framework's way, whose search for an endpoint costs more than the
 * answer, and which ends at the same methods; who may use them is what their annotations say, here
 * as there.
 */
@Singleton
class Shortcut {
  /** Behind every filter that looks at requests. */
  private static final int LAST = 1;

  private final Gatekeeper gatekeeper;
  private final PublicUrls urls;
  private final ClientAddress addresses;
  private final DirectAnswers answers;
  private final PingResource ping;
  private final ManifestResource manifests;
  private final BlobResource blobs;
  private final TagResource tags;

  private final Action getManifest = permission(ManifestResource.class, GET.class);
  private final Action headManifest = permission(ManifestResource.class, HEAD.class);
  private final Action getBlob = permission(BlobResource.class, GET.class);
  private final Action headBlob = permission(BlobResource.class, HEAD.class);
  private final Action getTags = permission(TagResource.class, GET.class);

  Shortcut(
      Gatekeeper gatekeeper,
      PublicUrls urls,
      ClientAddress addresses,
      DirectAnswers answers,
      PingResource ping,
      ManifestResource manifests,
      BlobResource blobs,
      TagResource tags) {
    this.gatekeeper = gatekeeper;
    this.urls = urls;
    this.addresses = addresses;
    this.answers = answers;
    this.ping = ping;
    this.manifests = manifests;
    this.blobs = blobs;
    this.tags = tags;
  }

  void install(@Observes Filters filters) {
    filters.register(this::serve, LAST);
  }

  private void serve(RoutingContext context) {
    Optional<ReadRoute> route = route(context.request());
    if (route.isEmpty()) {
      context.next();
      return;
    }
    RequestNotes.route(context, route.get().template());
    Visitor visitor = visitor(context);
    Supplier<Response> endpoint = () -> read(context, visitor, route.get());
    if (route.get() instanceof ReadRoute.Ping && gatekeeper.knows(visitor)) {
      answers.answer(context, endpoint, answer -> mark(context, answer));
    } else if (!isAnsweredAtOnce(context, visitor, route.get())) {
      answers.answerInTime(context, endpoint, answer -> mark(context, answer));
    }
  }

  /** What is in memory is answered here, in the connection's thread: nothing in it waits. */
  private boolean isAnsweredAtOnce(RoutingContext context, Visitor visitor, ReadRoute route) {
    return !(route instanceof ReadRoute.OfTags)
        && answers.answerIfAtHand(
            context, () -> atOnce(context, visitor, route), answer -> mark(context, answer));
  }

  private Optional<Response> atOnce(RoutingContext context, Visitor visitor, ReadRoute route) {
    HttpServerRequest request = context.request();
    boolean head = HttpMethod.HEAD.equals(request.method());
    return switch (route) {
      case ReadRoute.OfManifest(String name, String reference) ->
          admitAtOnce(context, visitor, name, head ? headManifest : getManifest)
              .flatMap(repository ->
                  head
                      ? manifests.headAtOnce(repository, reference, request)
                      : manifests.getAtOnce(repository, reference, context));
      case ReadRoute.OfBlob(String name, String digest) when !head ->
          admitAtOnce(context, visitor, name, getBlob)
              .flatMap(repository -> blobs.getAtOnce(repository, digest, request));
      // To be told that a blob is here is a promise, which the database keeps.
      case ReadRoute.OfBlob _, ReadRoute.Ping _, ReadRoute.OfTags _ -> Optional.empty();
    };
  }

  private static void mark(RoutingContext context, Response answer) {
    ApiVersionFilter.mark(answer, context.get(Challenge.PROPERTY));
  }

  private static Optional<ReadRoute> route(HttpServerRequest request) {
    boolean head = HttpMethod.HEAD.equals(request.method());
    if ((!head && !HttpMethod.GET.equals(request.method()))
        || !Visitor.bringsToken(request.getHeader(HttpHeaders.AUTHORIZATION))
        || request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      return Optional.empty();
    }
    return ReadRoute.parse(Objects.requireNonNullElse(request.path(), ""))
        .filter(route ->
            switch (route) {
              case ReadRoute.Ping _ -> !head;
              case ReadRoute.OfTags _ -> !head && PlainQuery.parse(request.query()).isPresent();
              case ReadRoute.OfManifest _, ReadRoute.OfBlob _ -> true;
            });
  }

  private Visitor visitor(RoutingContext context) {
    HttpServerRequest request = context.request();
    return new Visitor(
        request.getHeader(HttpHeaders.AUTHORIZATION),
        () -> addresses.of(request),
        () -> urls.of(request),
        challenge -> context.put(Challenge.PROPERTY, challenge));
  }

  private Response read(RoutingContext context, Visitor visitor, ReadRoute route) {
    HttpServerRequest request = context.request();
    boolean head = HttpMethod.HEAD.equals(request.method());
    return switch (route) {
      case ReadRoute.Ping _ -> {
        RegistryCall call = new RegistryCall();
        gatekeeper.admitAnybodySignedIn(visitor, call);
        RequestNotes.principal(context, call.principal().caller());
        yield ping.ping();
      }
      case ReadRoute.OfManifest(String name, String reference) ->
          head
              ? manifests.head(admit(context, visitor, name, headManifest), reference, request)
              : manifests.get(admit(context, visitor, name, getManifest), reference, context);
      case ReadRoute.OfBlob(String name, String digest) ->
          head
              ? blobs.head(admit(context, visitor, name, headBlob), digest, request)
              : blobs.get(admit(context, visitor, name, getBlob), digest, request);
      case ReadRoute.OfTags(String name) -> {
        PlainQuery query = PlainQuery.parse(request.query()).orElseThrow();
        RepositoryRef repository = admit(context, visitor, name, getTags);
        yield tags.list(repository, query.first("n"), query.first("last"), request);
      }
    };
  }

  private Optional<RepositoryRef> admitAtOnce(
      RoutingContext context, Visitor visitor, String name, Action action) {
    Optional<RegistryCall> call = gatekeeper.admitAtOnce(visitor, new RepositoryName(name), action);
    call.ifPresent(admitted -> RequestNotes.principal(context, admitted.principal().caller()));
    return call.map(RegistryCall::repository);
  }

  private RepositoryRef admit(RoutingContext context, Visitor visitor, String name, Action action) {
    RegistryCall call = new RegistryCall();
    gatekeeper.admit(visitor, new RepositoryName(name), action, call);
    RequestNotes.principal(context, call.principal().caller());
    return call.repository();
  }

  /** Reads off an endpoint what it requires. */
  private static Action permission(Class<?> resource, Class<? extends Annotation> method) {
    return Arrays.stream(resource.getMethods())
        .filter(endpoint -> endpoint.isAnnotationPresent(method))
        .map(endpoint -> endpoint.getAnnotation(RequiresAction.class).value())
        .findFirst()
        .orElseThrow();
  }
}
