package io.orlop.platform.http;

import io.orlop.platform.event.Actor;
import io.orlop.platform.event.ActorSource;
import io.orlop.platform.event.Caller;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whoever makes the request that the calling thread serves. */
@ApplicationScoped
class RequestActor implements ActorSource {
  private final CurrentVertxRequest current;
  private final ClientAddress addresses;

  RequestActor(CurrentVertxRequest current, ClientAddress addresses) {
    this.current = current;
    this.addresses = addresses;
  }

  @Override
  public Actor current() {
    if (!Arc.requireContainer().requestContext().isActive()) {
      return Actor.SYSTEM;
    }
    RoutingContext context = current.getCurrent();
    return context == null ? Actor.SYSTEM : actor(context);
  }

  private Actor actor(RoutingContext context) {
    HttpServerRequest request = context.request();
    Caller caller = RequestNotes.callerOf(context);
    return new Actor(
        caller.name(),
        method(caller, request.getHeader(HttpHeaders.AUTHORIZATION)),
        addresses.of(request),
        Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), ""),
        RequestIdFilter.idOf(request),
        caller.robotId(),
        caller.tokenId());
  }

  private static String method(Caller caller, @Nullable String authorization) {
    if (caller.name().isEmpty()) {
      return "anonymous";
    }
    if (authorization == null) {
      return "session";
    }
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return "token";
    }
    if (caller.tokenId().isPresent()) {
      return "personal_token";
    }
    return caller.robotId().isPresent() ? "robot_secret" : "password";
  }
}
