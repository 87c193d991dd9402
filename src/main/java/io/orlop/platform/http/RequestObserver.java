package io.orlop.platform.http;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.orlop.platform.log.AccessEntry;
import io.orlop.platform.log.AccessLog;
import io.orlop.platform.trace.Tracing;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Watches every request from its head to the end of its answer: for the metrics, the access log
 * and, where there is a collector, the traces.
 */
class RequestObserver {
  /** Behind the filter that gives requests their id, before all that may refuse them. */
  private static final int PRIORITY = 9_900;

  private final RequestMeters meters;
  private final AccessLog log;
  private final Tracing tracing;
  private final ClientAddress addresses;

  RequestObserver(RequestMeters meters, AccessLog log, Tracing tracing, ClientAddress addresses) {
    this.meters = meters;
    this.log = log;
    this.tracing = tracing;
    this.addresses = addresses;
  }

  void install(@Observes Filters filters) {
    filters.register(
        context -> {
          Watch watch = new Watch(context, tracing.request(context.request()));
          meters.begun();
          context.addEndHandler(ended -> watch.end(ended.succeeded()));
          context.next();
        },
        PRIORITY);
  }

  /** One request. */
  private final class Watch {
    private final RoutingContext context;
    private final Optional<Span> span;
    private final long begun = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();

    Watch(RoutingContext context, Optional<Span> span) {
      this.context = context;
      this.span = span;
    }

    /** A connection may break while the end of an answer is being told. */
    void end(boolean complete) {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      HttpServerRequest request = context.request();
      if (request.version() == HttpVersion.HTTP_2
          && request.connection() instanceof ConnectionBase connection) {
        // There the last bytes are counted when the connection's thread writes them.
        connection.channel().eventLoop().execute(() -> tell(complete));
      } else {
        tell(complete);
      }
    }

    private void tell(boolean complete) {
      HttpServerRequest request = context.request();
      HttpServerResponse response = context.response();
      Exchange exchange =
          new Exchange(
              RequestNotes.routeOf(context),
              request.method().name(),
              response.getStatusCode(),
              System.nanoTime() - begun,
              RequestNotes.receivedBy(context),
              response.bytesWritten(),
              complete);
      meters.ended(exchange);
      span.ifPresent(traced -> finish(traced, exchange));
      if (log.isOn()) {
        log.write(entry(exchange));
      }
    }

    private AccessEntry entry(Exchange exchange) {
      HttpServerRequest request = context.request();
      return new AccessEntry(
          System.currentTimeMillis(),
          addresses.of(request),
          RequestNotes.principalOf(context),
          exchange.method(),
          Objects.requireNonNullElse(request.path(), ""),
          exchange.status(),
          exchange.complete(),
          exchange.received(),
          exchange.sent(),
          exchange.nanos(),
          Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), ""),
          RequestIdFilter.idOf(request));
    }

    private void finish(Span traced, Exchange exchange) {
      traced.updateName(exchange.method() + " " + exchange.route());
      traced.setAttribute("http.request.method", exchange.method());
      traced.setAttribute("http.route", exchange.route());
      traced.setAttribute("http.response.status_code", exchange.status());
      traced.setAttribute("http.request.body.size", exchange.received());
      traced.setAttribute("http.response.body.size", exchange.sent());
      traced.setAttribute("orlop.request_id", RequestIdFilter.idOf(context.request()));
      if (exchange.status() >= 500 || !exchange.complete()) {
        traced.setStatus(StatusCode.ERROR);
      }
      traced.end();
    }
  }
}
