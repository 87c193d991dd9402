package io.orlop.system.bootstrap;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How the training run's clients speak: over connections that stay open, by a token. */
final class TrainingClient implements AutoCloseable {
  static final String REPOSITORY = "/v2/library/training";

  private static final String TOKEN =
      "/service/token?service=harbor-registry&scope=repository:library/training:";

  private final URI address;
  private final String basic;

  /** What Docker and its like speak where there is no TLS. */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TrainingClient(URI address, String password) {
    this.address = address;
    byte[] credentials = ("admin:" + password).getBytes(StandardCharsets.UTF_8);
    this.basic = "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /** A request as nobody: most clients begin so, to learn where tokens are. */
  HttpRequest.Builder asNobody(String path) {
    return HttpRequest.newBuilder(address.resolve(path));
  }

  HttpRequest.Builder byPassword(String path) {
    return asNobody(path).header("Authorization", basic);
  }

  HttpRequest.Builder byToken(String token, String path) {
    return asNobody(path).header("Authorization", "Bearer " + token);
  }

  /** Fetches a token by password. */
  String token(String actions) throws IOException, InterruptedException {
    HttpRequest request = byPassword(TOKEN + actions).build();
    return new JsonObject(client.send(request, BodyHandlers.ofString()).body()).getString("token");
  }

  /** Fetches a token as nobody, who may pull or not. */
  void anonymousToken() throws IOException, InterruptedException {
    HttpResponse<Void> _ = send(asNobody(TOKEN + "pull"));
  }

  HttpResponse<Void> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.discarding());
  }

  /** Reads a part of the answer and hangs up. */
  void sendAndHangUp(HttpRequest.Builder request) throws IOException, InterruptedException {
    try (InputStream body = client.send(request.build(), BodyHandlers.ofInputStream()).body()) {
      body.skipNBytes(1);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
