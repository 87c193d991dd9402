package io.orlop.cluster;

import io.orlop.oci.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Requests to one server with the administrator's password. */
final class CrashClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String authorization;

  CrashClient(String url, String password) {
    this.url = url;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<byte[]> get(String path) throws IOException {
    return send(request(path).GET());
  }

  HttpResponse<byte[]> post(String path, byte[] body) throws IOException {
    return send(request(path).POST(BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<byte[]> postJson(String path, byte[] body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<byte[]> delete(String path) throws IOException {
    return send(request(path).DELETE());
  }

  HttpResponse<byte[]> put(String path, byte[] body, String contentType) throws IOException {
    return send(
        request(path).header("Content-Type", contentType).PUT(BodyPublishers.ofByteArray(body)));
  }

  /** Sends a chunk of known place. */
  HttpResponse<byte[]> patch(String path, byte[] content, int from, int to) throws IOException {
    return send(
        request(path)
            .header("Content-Range", from + "-" + (to - 1))
            .method("PATCH", BodyPublishers.ofByteArray(content, from, to - from)));
  }

  /** Sends a chunk of unknown length, as docker does. */
  HttpResponse<byte[]> stream(String path, byte[] content) throws IOException {
    BodyPublisher body = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(content));
    return send(request(path).method("PATCH", body));
  }

  /** Returns the answer's Location with the digest as its parameter. */
  static String closing(String location, Digest digest) {
    return location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", authorization);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
