package io.orlop.system.bootstrap;

import io.quarkus.runtime.Quarkus;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Shows Java's ahead-of-time cache what a start and the first requests need, on an installation
 * that is thrown away afterwards. The launcher asks for it with {@code orlop.training}.
 */
@ApplicationScoped
class TrainingRun {
  private static final Logger LOG = Logger.getLogger(TrainingRun.class);
  private static final int ROUNDS = 20;
  private static final List<String> PATHS =
      List.of(
          "/v2/",
          "/v2/library/training/manifests/latest",
          "/v2/library/training/tags/list",
          "/service/token?service=harbor-registry&scope=repository:library/training:pull",
          "/api/v2.0/health",
          "/api/v2.0/ping",
          "/api/v2.0/systeminfo",
          "/api/v2.0/projects");

  private final ServerConfig config;
  private final HttpServer server;

  TrainingRun(ServerConfig config, HttpServer server) {
    this.config = config;
    this.server = server;
  }

  void train(@ObservesAsync HttpServerStart started) {
    if (!config.training()) {
      return;
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (String path : PATHS) {
          ask(client, path);
        }
      }
    } catch (IOException e) {
      LOG.warn("The training run broke off", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Quarkus.asyncExit(0);
    }
  }

  private void ask(HttpClient client, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.getPort() + path);
    // Refusals train as well as answers.
    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
  }
}
