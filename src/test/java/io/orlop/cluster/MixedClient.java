package io.orlop.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.oci.Digest;
import io.orlop.testsupport.RegistryClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Does what Docker and containerd do: gets a token when it is told to, sends what may be sent twice
 * up to five times more, and begins an upload that broke anew up to five times.
 */
final class MixedClient {
  private static final int RETRIES = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Set<Integer> PASSING = Set.of(502, 503, 504);
  private static final BodyPublisher NOTHING = BodyPublishers.noBody();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final String password;
  private final MixedTally tally;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  MixedClient(URI server, String password, MixedTally tally) {
    this.server = server;
    this.password = password;
    this.tally = tally;
  }

  /** A request that broke in a way that passes. */
  private static final class Broken extends IOException {
    private static final long serialVersionUID = 1;

    Broken(String reason, IOException cause) {
      super(reason, cause);
    }

    Broken(String reason) {
      super(reason);
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  /** What is sent: everything that an attempt needs to be made again. */
  private record Sent(String method, URI uri, BodyPublisher body, Map<String, String> headers) {}

  HttpResponse<byte[]> get(String repository, String path) throws IOException {
    return repeatable(repository, "GET", path, NOTHING, Map.of());
  }

  HttpResponse<byte[]> head(String repository, String path) throws IOException {
    return repeatable(repository, "HEAD", path, NOTHING, Map.of());
  }

  HttpResponse<byte[]> delete(String repository, String path) throws IOException {
    return repeatable(repository, "DELETE", path, NOTHING, Map.of());
  }

  HttpResponse<byte[]> putManifest(String repository, String tag, byte[] manifest, String type)
      throws IOException {
    return repeatable(
        repository,
        "PUT",
        "/manifests/" + tag,
        BodyPublishers.ofByteArray(manifest),
        Map.of("Content-Type", type));
  }

  /** Pushes a blob in so many chunks; none stands for one of unknown length, as Docker sends. */
  void pushBlob(String repository, byte[] content, int chunks) throws IOException {
    insist(
        "upload",
        () -> {
          upload(repository, content, chunks);
          return content;
        });
  }

  private void upload(String repository, byte[] content, int chunks) throws IOException {
    URI begun = uri(repository, "/blobs/uploads/");
    URI upload = accepted(repository, new Sent("POST", begun, NOTHING, Map.of()), 202);
    if (chunks == 0) {
      BodyPublisher body = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(content));
      upload = accepted(repository, new Sent("PATCH", upload, body, Map.of()), 202);
    }
    for (int chunk = 0; chunk < chunks; chunk++) {
      int from = (int) ((long) content.length * chunk / chunks);
      int to = (int) ((long) content.length * (chunk + 1) / chunks);
      if (from < to) {
        BodyPublisher body = BodyPublishers.ofByteArray(content, from, to - from);
        Map<String, String> range = Map.of("Content-Range", from + "-" + (to - 1));
        upload = accepted(repository, new Sent("PATCH", upload, body, range), 202);
      }
    }
    URI closing = URI.create(CrashClient.closing(upload.toString(), Digest.of(content)));
    accepted(repository, new Sent("PUT", closing, NOTHING, Map.of()), 201);
  }

  /** Sends a step of an upload and returns where the next one goes. */
  private URI accepted(String repository, Sent sent, int status) throws IOException {
    HttpResponse<byte[]> answer = once(repository, sent);
    if (answer.statusCode() != status) {
      throw new IOException(describe(sent, answer));
    }
    return server.resolve(answer.headers().firstValue("Location").orElseThrow());
  }

  private HttpResponse<byte[]> repeatable(
      String repository,
      String method,
      String path,
      BodyPublisher body,
      Map<String, String> headers)
      throws IOException {
    Sent sent = new Sent(method, uri(repository, path), body, headers);
    return insist(method, () -> once(repository, sent));
  }

  private <T> T insist(String what, Step<T> step) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        return step.run();
      } catch (Broken e) {
        if (attempt == RETRIES) {
          throw e;
        }
        tally.retry(what, String.valueOf(e.getMessage()));
        pause(250L << attempt);
      }
    }
  }

  private HttpResponse<byte[]> once(String repository, Sent sent) throws IOException {
    String token = tokens.getOrDefault(repository, "");
    HttpResponse<byte[]> answer = send(sent, "Bearer " + token);
    if (answer.statusCode() != 401) {
      return answer;
    }
    tally.count("tokens");
    tokens.put(repository, insist("token", () -> token(repository)));
    return send(sent, "Bearer " + tokens.get(repository));
  }

  private String token(String repository) throws IOException {
    String query =
        "/service/token?service=harbor-registry&scope=repository:%s:pull,push,delete"
            .formatted(repository);
    Sent sent = new Sent("GET", server.resolve(query), NOTHING, Map.of());
    HttpResponse<byte[]> answer = send(sent, RegistryClient.basic("admin", password));
    if (answer.statusCode() != 200) {
      throw new IOException(describe(sent, answer));
    }
    return new ObjectMapper().readTree(answer.body()).path("token").asText();
  }

  private HttpResponse<byte[]> send(Sent sent, String authorization) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(sent.uri())
            .timeout(PATIENCE)
            .header("Authorization", authorization)
            .method(sent.method(), sent.body());
    sent.headers().forEach(request::header);
    try {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      if (PASSING.contains(answer.statusCode())) {
        throw new Broken(sent.method() + " " + answer.statusCode());
      }
      return answer;
    } catch (Broken e) {
      throw e;
    } catch (IOException e) {
      throw new Broken(sent.method() + " cut", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private URI uri(String repository, String path) {
    return server.resolve("/v2/" + repository + path);
  }

  private static String describe(Sent sent, HttpResponse<byte[]> answer) {
    return "%s %s: %d %s"
        .formatted(
            sent.method(), sent.uri(), answer.statusCode(), new String(answer.body(), UTF_8));
  }

  private static void pause(long millis) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis + ThreadLocalRandom.current().nextLong(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
