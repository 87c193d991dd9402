package io.orlop.platform.metrics;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Serves the figures on their own port, since the registry's own is open to everybody. */
@ApplicationScoped
public class MetricsServer {
  private static final Logger LOG = Logger.getLogger(MetricsServer.class);
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PATH = "/metrics";

  private final Metrics metrics;
  private final MetricsConfig config;
  private final Vertx vertx;
  private volatile @Nullable HttpServer server;

  MetricsServer(Metrics metrics, MetricsConfig config, Vertx vertx) {
    this.metrics = metrics;
    this.config = config;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent starting) {
    if (config.enabled()) {
      vertx
          .createHttpServer()
          .requestHandler(this::serve)
          .listen(config.port(), config.host())
          .onSuccess(this::listening)
          .onFailure(this::refused);
    }
  }

  /** Returns the port that is listened on; 0 if there is none. */
  public int port() {
    HttpServer listening = server;
    return listening == null ? 0 : listening.actualPort();
  }

  private void listening(HttpServer listening) {
    server = listening;
    LOG.infof("Metrics are at http://%s:%d%s", config.host(), listening.actualPort(), PATH);
  }

  private void refused(Throwable reason) {
    LOG.warnf(
        "There are no metrics: %s:%d cannot be listened on (%s). Set ORLOP_METRICS_PORT to a port"
            + " that is free.",
        config.host(), config.port(), reason.getMessage());
  }

  private void serve(HttpServerRequest request) {
    if (!PATH.equals(request.path())) {
      request.response().setStatusCode(404).end();
    } else if (!request.method().equals(HttpMethod.GET)) {
      request.response().setStatusCode(405).end();
    } else {
      // Some figures are asked from the database.
      Thread.startVirtualThread(() -> answer(request));
    }
  }

  private void answer(HttpServerRequest request) {
    try {
      String text = metrics.text().orElse("");
      request.response().putHeader(HttpHeaders.CONTENT_TYPE, TEXT).end(text);
    } catch (RuntimeException e) {
      LOG.error("The metrics cannot be told", e);
      request.response().setStatusCode(500).end();
    }
  }
}
