package io.orlop.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Exposition;
import io.orlop.testsupport.OrlopServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObserveIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> secrets = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void logTellsEveryRequestAndNoSecret(String format) {
    try (OrlopServer server =
        OrlopServer.on(OrlopServer.newData()).with("ORLOP_LOG_FORMAT", format)) {
      server.launch();
      loginPushAndPull(server);
      await()
          .untilAsserted(() ->
              assertThat(server.log())
                  .contains("id-of-login", "id-of-token", "id-of-push", "id-of-pull"));
      assertThat(server.stop()).isZero();

      assertThat(secrets).hasSizeGreaterThan(5);
      assertThat(secrets).allSatisfy(secret -> assertThat(server.log()).doesNotContain(secret));
      assertThat(server.log())
          .contains("/service/token", "/v2/library/app/blobs/", "admin", "agent-of-test")
          .doesNotContain("account=", "Bearer", "Basic")
          .as("lines outside of requests")
          .doesNotContain("[]");
      if (format.equals("json")) {
        assertThat(server.log().lines()).allSatisfy(line -> assertThat(object(line)).isNotEmpty());
      }
    }
  }

  @Test
  void linesOfARequestCarryItsId() throws IOException {
    try (OrlopServer server = OrlopServer.start()) {
      Files.move(server.data().resolve("blobs"), server.data().resolve("blobs-away"));

      await()
          .untilAsserted(() -> {
            send(request(server, "/api/v2.0/health").header("X-Request-ID", "id-of-look"));
            assertThat(server.log().lines())
                .anyMatch(
                    line -> line.contains("[id-of-look]") && line.contains("cannot be written to"));
          });
    }
  }

  @Test
  void linesOfAPullCarryItsId() throws IOException {
    try (OrlopServer server = OrlopServer.start()) {
      String token = pullAndPushToken(server);
      byte[] content = "the content of a blob that rots".getBytes(StandardCharsets.UTF_8);
      Digest digest = Digest.of(content);
      push(server, token, content);
      Files.write(fileOf(server, digest), new byte[content.length]);

      send(
          authorized(server, "/v2/library/app/blobs/" + digest, "Bearer " + token)
              .header("X-Request-ID", "id-of-rotten"));

      await()
          .untilAsserted(() ->
              assertThat(server.log().lines())
                  .anyMatch(line ->
                      line.contains("[id-of-rotten]")
                          && line.contains("Blob " + digest + " is damaged")));
    }
  }

  private String pullAndPushToken(OrlopServer server) {
    return member(
        expect(
            200,
            send(
                authorized(
                    server,
                    "/service/token?service=harbor-registry&scope=repository:library/app:pull,push",
                    "Basic " + basic("admin", server.adminPassword())))),
        "token");
  }

  private void push(OrlopServer server, String token, byte[] blob) {
    String path = "/v2/library/app/blobs/uploads/?digest=" + Digest.of(blob);
    expect(
        201,
        send(authorized(server, path, "Bearer " + token).POST(BodyPublishers.ofByteArray(blob))));
  }

  private static Path fileOf(OrlopServer server, Digest digest) throws IOException {
    try (Stream<Path> files = Files.walk(server.data().resolve("blobs"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(digest.hex()))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void requestsAreTracedAsPartOfTheirCallersTrace() throws IOException {
    List<String> received = new CopyOnWriteArrayList<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try (OrlopServer server = OrlopServer.on(OrlopServer.newData())) {
      server
          .with("ORLOP_TRACING_ENDPOINT", "http://localhost:" + collector.getAddress().getPort())
          .with("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
          .launch();
      loginPushAndPull(server);

      String trace = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
      await()
          .untilAsserted(() ->
              assertThat(String.join("", received))
                  .contains(trace)
                  .contains("GET /v2/{name}/blobs/{digest}", "storage commit", "service.name")
                  .containsPattern(spanOf(trace, "storage open"))
                  .containsPattern(spanOf(trace, "storage read")));
      assertThat(secrets)
          .allSatisfy(secret -> assertThat(String.join("", received)).doesNotContain(secret));
    } finally {
      collector.stop(0);
    }
  }

  /** A span begins with its trace, its own id and its parent's; then comes its name. */
  private static Pattern spanOf(String trace, String name) {
    return Pattern.compile(Pattern.quote(trace) + ".{0,40}" + Pattern.quote(name), Pattern.DOTALL);
  }

  @Test
  void metricsCanBeSwitchedOffAndTheirPortMayBeTaken() throws IOException {
    try (OrlopServer first = OrlopServer.start();
        OrlopServer second = OrlopServer.on(OrlopServer.newData());
        OrlopServer silent = OrlopServer.on(OrlopServer.newData())) {
      second.with("ORLOP_METRICS_PORT", Integer.toString(first.metrics().getPort())).launch();
      silent.with("ORLOP_METRICS_ENABLED", "false").with("ORLOP_LOG_ACCESS", "false").launch();

      assertThat(Exposition.read(first.metrics()).names()).contains("jvm_memory_used_bytes");
      await()
          .untilAsserted(
              () -> assertThat(second.log()).contains("There are no metrics: 127.0.0.1"));
      loginPushAndPull(second);
      loginPushAndPull(silent);
      assertThat(silent.log()).doesNotContain("Metrics are at", "id-of-pull");
    }
  }

  /** Logs in, pushes and pulls, and remembers everything that nobody else may learn. */
  private void loginPushAndPull(OrlopServer server) {
    String basic = basic("admin", server.adminPassword());
    secrets.addAll(List.of(server.adminPassword(), basic, basic("admin", "a-wrong-password")));
    secrets.addAll(List.of("a-wrong-password", "secret-of-cookie", "secret-of-query"));
    String query = "service=harbor-registry&scope=repository:library/app:pull,push";

    expect(401, send(request(server, "/v2/")));
    expect(401, send(authorized(server, "/v2/", "Basic " + basic("admin", "a-wrong-password"))));
    expect(
        200,
        send(
            authorized(server, "/v2/?password=secret-of-query", "Basic " + basic)
                .header("Cookie", "session=secret-of-cookie")
                .header("X-Request-ID", "id-of-login")));
    String token =
        member(
            expect(
                200,
                send(
                    authorized(
                            server,
                            "/service/token?offline_token=true&account=admin&" + query,
                            "Basic " + basic)
                        .header("X-Request-ID", "id-of-token"))),
            "token");
    String form = query + "&grant_type=password&access_type=offline&username=admin&password=";
    HttpResponse<String> offline =
        expect(
            200,
            send(
                request(server, "/service/token")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form + server.adminPassword()))));
    secrets.addAll(List.of(token, member(offline, "token"), member(offline, "refresh_token")));

    byte[] blob = "the content of a blob".getBytes(StandardCharsets.UTF_8);
    Digest digest = Digest.of(blob);
    expect(
        201,
        send(
            authorized(server, "/v2/library/app/blobs/uploads/?digest=" + digest, "Bearer " + token)
                .header("X-Request-ID", "id-of-push")
                .POST(BodyPublishers.ofByteArray(blob))));
    expect(
        200,
        send(
            authorized(server, "/v2/library/app/blobs/" + digest, "Bearer " + token)
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .header("User-Agent", "agent-of-test \"quoted\"")
                .header("X-Request-ID", "id-of-pull")));
  }

  private static HttpRequest.Builder request(OrlopServer server, String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private static HttpRequest.Builder authorized(OrlopServer server, String path, String header) {
    return request(server, path).header("Authorization", header);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> expect(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.uri() + ": " + answer.body()).isEqualTo(status);
    return answer;
  }

  private static String member(HttpResponse<String> answer, String name) {
    String value = object(answer.body()).path(name).asText();
    assertThat(value).isNotEmpty();
    return value;
  }

  private static JsonNode object(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("Not JSON: " + text, e);
    }
  }

  private static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(pair);
  }
}
