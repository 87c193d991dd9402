package io.orlop.system.bootstrap;

import io.orlop.oci.Digest;
import io.quarkus.runtime.Quarkus;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Shows Java's ahead-of-time cache what a start, a push and a pull need, on an installation that is
 * thrown away afterwards. The launcher asks for it with {@code orlop.training}.
 */
@ApplicationScoped
class TrainingRun {
  /** What the launcher gives {@code admin} for the training. */
  private static final String PASSWORD = "training-run-only";

  private static final Logger LOG = Logger.getLogger(TrainingRun.class);
  private static final int ROUNDS = 60;
  private static final String REPOSITORY = "/v2/library/training";
  private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
  private static final List<String> PATHS =
      List.of(
          "/v2/",
          REPOSITORY + "/manifests/latest",
          REPOSITORY + "/tags/list",
          "/v2/_catalog",
          "/service/token?service=harbor-registry&scope=repository:library/training:pull,push",
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
    // What Docker and its like speak where there is no TLS.
    var version = HttpClient.Version.HTTP_1_1;
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      for (int round = 0; round < ROUNDS; round++) {
        push(client, "blob " + round);
        for (String path : PATHS) {
          send(client, request(path).GET());
          // As nobody: most clients begin so, to learn where tokens are.
          send(client, HttpRequest.newBuilder(uri(path)));
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

  private void push(HttpClient client, String content) throws IOException, InterruptedException {
    byte[] blob = content.getBytes(StandardCharsets.UTF_8);
    Digest digest = Digest.of(blob);
    String uploads = REPOSITORY + "/blobs/uploads/";
    var upload = send(client, request(uploads).POST(BodyPublishers.noBody()));
    String location = upload.headers().firstValue("Location").orElse(uploads);
    String closing = location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
    send(client, request(closing).PUT(BodyPublishers.ofByteArray(blob)));
    send(client, request(REPOSITORY + "/blobs/" + digest).GET());
    var pushed =
        send(
            client,
            request(REPOSITORY + "/manifests/latest")
                .header("Content-Type", MANIFEST_TYPE)
                .PUT(BodyPublishers.ofString(manifest(digest, blob.length))));
    if (pushed.statusCode() != 201) {
      LOG.warnf("The training push was answered with %d", pushed.statusCode());
    }
  }

  private static String manifest(Digest digest, int size) {
    return """
    {"schemaVersion":2,"mediaType":"%s",
     "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
     "layers":[]}\
    """
        .formatted(MANIFEST_TYPE, digest, size);
  }

  private HttpRequest.Builder request(String path) {
    String credentials = "admin:" + PASSWORD;
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(uri(path))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getPort()).resolve(path);
  }

  private static HttpResponse<Void> send(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.discarding());
  }
}
