package io.orlop.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.orlop.oci.Digest;
import io.orlop.system.tls.SelfSigned;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.FreePort;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RawConnection;
import io.orlop.testsupport.RawConnection.RawAnswer;
import io.orlop.testsupport.RawHttp2;
import io.orlop.testsupport.RegistryClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS with a certificate of our own making, and its renewal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BLOB = 20 * 1024 * 1024;
  private static final int LONG_TOKEN = 20 * 1024;
  private static final int TOO_LONG_TOKEN = 36 * 1024;
  private static final int DAMAGED_BLOB = 2 * 1024 * 1024;

  private final Path data = OrlopServer.newData();
  private final Path folder = data.resolve("certificates");
  private final int port = FreePort.find();
  private final OrlopServer server = OrlopServer.on(data);
  private final SelfSigned.Written files =
      SelfSigned.write(folder, List.of("localhost", "127.0.0.1"));

  @BeforeAll
  void start() {
    server
        .with("ORLOP_TLS_CERTIFICATE", files.certificate().toString())
        .with("ORLOP_TLS_KEY", files.key().toString())
        .with("ORLOP_TLS_PORT", Integer.toString(port))
        .launch();
  }

  @AfterAll
  void end() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void movesLargeBlobsBothWays(Version version) throws Exception {
    byte[] content = new byte[BLOB];
    new Random(version.name().length()).nextBytes(content);
    Digest digest = Digest.of(content);
    try (HttpClient client = client(version)) {
      HttpResponse<String> begun =
          send(client, "POST", "/v2/library/tls/blobs/uploads/", BodyPublishers.noBody());
      assertThat(begun.version()).isEqualTo(version);
      String location = begun.headers().firstValue("Location").orElseThrow();
      // Streamed, without a length, as Docker does.
      HttpResponse<String> sent =
          send(client, "PATCH", location, BodyPublishers.ofInputStream(() -> stream(content)));
      assertThat(sent.statusCode()).isEqualTo(202);
      HttpResponse<String> ended =
          send(
              client,
              "PUT",
              sent.headers().firstValue("Location").orElseThrow() + "?digest=" + digest,
              BodyPublishers.noBody());
      assertThat(ended.statusCode()).isEqualTo(201);

      String blob = "/v2/library/tls/blobs/" + digest;
      HttpResponse<byte[]> whole =
          client.send(
              request("GET", blob, BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());
      assertThat(whole.body()).isEqualTo(content);
      HttpResponse<byte[]> part =
          client.send(
              request("GET", blob, BodyPublishers.noBody())
                  .header("Range", "bytes=1000000-3000000")
                  .build(),
              BodyHandlers.ofByteArray());
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(Digest.of(part.body()))
          .isEqualTo(Digest.of(Arrays.copyOfRange(content, 1_000_000, 3_000_001)));
    }
  }

  /** A pull by a token goes a way of its own, and so does what breaks it off. */
  @ParameterizedTest
  @CsvSource({"HTTP_1_1, true", "HTTP_1_1, false", "HTTP_2, true", "HTTP_2, false"})
  void cutsOffADamagedBlobUntilAPushHealsIt(Version version, boolean byToken) throws Exception {
    byte[] content = Blobs.random(DAMAGED_BLOB);
    Digest digest = Digest.of(content);
    RegistryClient admin = server.administrator();
    RegistryClient puller =
        byToken ? admin.bearer(admin.token("repository:library/tls:pull")) : admin;
    HttpRequest pull =
        request("GET", "/v2/library/tls/blobs/" + digest, BodyPublishers.noBody())
            .setHeader("Authorization", puller.authorization().orElseThrow())
            .build();
    try (HttpClient client = client(version)) {
      push(client, content);
      flipAByte(digest);
      if (version == Version.HTTP_2) {
        expectReset(client, pull, content.length);
      } else {
        expectCut(pull, content.length);
      }
      server.awaitLog("Blob " + digest + " is damaged: its bytes have changed");
    }
    // A connection that is just being cut may take the next request with it.
    try (HttpClient client = client(version)) {
      HttpResponse<String> refused = client.send(pull, BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(500);
      assertThat(refused.body())
          .contains("BLOB_UNKNOWN", "push it again to this registry", digest.toString());

      push(client, content);
      HttpResponse<byte[]> healed = client.send(pull, BodyHandlers.ofByteArray());
      assertThat(healed.statusCode()).isEqualTo(200);
      assertThat(healed.body()).isEqualTo(content);
    }
  }

  private void expectCut(HttpRequest pull, long length) throws IOException {
    try (RawConnection connection =
        new RawConnection(trusting().getSocketFactory().createSocket("localhost", port))) {
      connection
          .write(
              "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: %s\r\n\r\n"
                  .formatted(
                      pull.uri().getPath(),
                      port,
                      pull.headers().firstValue("Authorization").orElseThrow()))
          .expectCut(length);
    }
  }

  private static void expectReset(HttpClient client, HttpRequest pull, long length) {
    AtomicLong received = new AtomicLong();
    AtomicReference<String> begun = new AtomicReference<>();
    BodyHandler<Void> counting =
        answer -> {
          begun.set(answer.version() + " " + answer.statusCode());
          return BodySubscribers.ofByteArrayConsumer(
              part -> part.ifPresent(bytes -> received.addAndGet(bytes.length)));
        };
    assertThatThrownBy(() -> client.send(pull, counting)).isInstanceOf(IOException.class);
    assertThat(begun).hasValue("HTTP_2 200");
    assertThat(received.get()).isPositive().isLessThan(length);
  }

  private void push(HttpClient client, byte[] content) throws IOException, InterruptedException {
    HttpResponse<String> pushed =
        send(
            client,
            "POST",
            "/v2/library/tls/blobs/uploads/?digest=" + Digest.of(content),
            BodyPublishers.ofByteArray(content));
    assertThat(pushed.statusCode()).isEqualTo(201);
  }

  /** Changes the file of a blob as a failing disk does, its length staying the same. */
  private void flipAByte(Digest digest) throws IOException {
    Path place = data.resolve("blobs/sha256").resolve(digest.hex().substring(0, 2));
    try (var files = Files.newDirectoryStream(place, digest.hex() + ".*")) {
      Path file = files.iterator().next();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void refusesAnUploadWithoutCredentialsBeforeItsEnd(Version version) throws Exception {
    try (HttpClient client = client(version)) {
      HttpResponse<String> refused =
          client.send(
              HttpRequest.newBuilder(uri("/v2/library/tls/blobs/uploads/?digest=sha256:0"))
                  .timeout(PATIENCE)
                  .POST(BodyPublishers.ofByteArray(new byte[1024 * 1024]))
                  .build(),
              BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("realm=\"https://localhost:" + port + "/service/token\"");
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void accessLogTellsHowMuchWasSent(Version version) throws Exception {
    String path = "/v2/library/tls/manifests/no-" + version;
    try (HttpClient client = client(version)) {
      HttpResponse<String> missing = send(client, "GET", path, BodyPublishers.noBody());
      assertThat(missing.statusCode()).isEqualTo(404);
      String line = "\"GET %s\" 404 received=0 sent=%d ".formatted(path, missing.body().length());
      server.awaitLog(line);
    }
  }

  private RawHttp2 http2(boolean encrypted) throws IOException {
    if (!encrypted) {
      return new RawHttp2(new Socket("localhost", server.port()));
    }
    SSLSocket socket = (SSLSocket) trusting().getSocketFactory().createSocket("localhost", port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    return new RawHttp2(socket);
  }

  private static String token(int length) {
    return "Bearer " + "a".repeat(length);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void http2SaysItsLimits(boolean encrypted) throws IOException {
    try (RawHttp2 connection = http2(encrypted)) {
      Http2Settings settings = connection.settings();
      assertThat(settings.maxConcurrentStreams()).isEqualTo(250);
      assertThat(settings.maxHeaderListSize()).isEqualTo(32 * 1024);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void http2TakesHeadsAsLongAsHttp1Does(boolean encrypted) throws IOException {
    String answer;
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.write(
          "GET /v2/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
              + token(LONG_TOKEN)
              + "\r\n\r\n");
      RawAnswer first = connection.read("GET");
      assertThat(first.status()).isEqualTo(401);
      answer = first.headers().getOrDefault("www-authenticate", "");
      assertThat(answer).contains("/service/token");
    }
    try (RawHttp2 connection = http2(encrypted)) {
      Http2Headers second = connection.get("/v2/", token(LONG_TOKEN));
      assertThat(second.status()).hasToString("401");
      assertThat(second.get("www-authenticate").toString().replaceAll("https?://[^/]*", ""))
          .isEqualTo(answer.replaceAll("https?://[^/]*", ""));
    }
  }

  /** A head that is a little too long is answered, one far beyond the limit ends the connection. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void http2RefusesALongerHeadAndGoesOn(boolean encrypted) throws IOException {
    try (RawHttp2 connection = http2(encrypted)) {
      assertThat(connection.get("/v2/", token(TOO_LONG_TOKEN)).status()).hasToString("431");
      assertThat(connection.get("/v2/", token(LONG_TOKEN)).status()).hasToString("401");
      assertThatThrownBy(() -> connection.get("/v2/", token(10 * TOO_LONG_TOKEN)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
    try (RawHttp2 connection = http2(encrypted)) {
      assertThat(connection.get("/v2/", token(1)).status()).hasToString("401");
    }
  }

  @Test
  void answersContainerClientsOverPlainHttpToo() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/v2/")).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("realm=\"http://localhost:" + server.port());
      var page =
          client.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/projects?a=b"))
                  .header("Accept", "text/html")
                  .build(),
              BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(307);
      assertThat(page.headers().firstValue("Location"))
          .hasValue("https://localhost:" + port + "/projects?a=b");
    }
  }

  @Test
  void takesANewCertificateAndRefusesABrokenOne() throws Exception {
    byte[] key = Files.readAllBytes(files.key());
    X509Certificate first = presented();

    // Another key in place of the certificate's own.
    Path other = data.resolve("other");
    Files.write(
        files.key(), Files.readAllBytes(SelfSigned.write(other, List.of("localhost")).key()));
    server.awaitLog("is refused, the old one stays");
    assertThat(health()).contains("\"tls\"").contains("refused");
    assertThat(presented()).isEqualTo(first);

    Files.write(files.key(), key);
    await().atMost(PATIENCE).until(() -> !health().contains("refused"));
    // The old authority again, as on a renewal.
    Files.createDirectories(data.resolve("new"));
    Files.copy(
        folder.resolve("ca.crt"), data.resolve("new/ca.crt"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(
        folder.resolve("ca.key"), data.resolve("new/ca.key"), StandardCopyOption.REPLACE_EXISTING);
    SelfSigned.Written renewed =
        SelfSigned.write(data.resolve("new"), List.of("localhost", "127.0.0.1"));
    Files.copy(renewed.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(renewed.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
    await().atMost(PATIENCE).until(() -> !presented().equals(first));
  }

  @Test
  void refusesToStartWithoutTheKey() {
    try (OrlopServer broken = OrlopServer.on(OrlopServer.newData())) {
      broken
          .with("ORLOP_TLS_CERTIFICATE", files.certificate().toString())
          .with("ORLOP_TLS_KEY", data.resolve("nothing.key").toString())
          .launchOnly();
      assertThat(broken.awaitExit()).isOne();
      assertThat(broken.log()).contains("nothing.key does not exist").doesNotContain("\tat ");
    }
  }

  private String health() throws IOException, InterruptedException {
    try (HttpClient client = client(Version.HTTP_1_1)) {
      return send(client, "GET", "/api/v2.0/health", BodyPublishers.noBody()).body();
    }
  }

  /** Returns the certificate that a new connection gets. */
  private X509Certificate presented() throws Exception {
    try (HttpClient client = client(Version.HTTP_1_1)) {
      var answer = send(client, "GET", "/v2/", BodyPublishers.noBody());
      return (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    }
  }

  private HttpResponse<String> send(
      HttpClient client, String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    return client.send(request(method, path, body).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String method, String path, BodyPublisher body) {
    String login = "admin:" + server.adminPassword();
    return HttpRequest.newBuilder(uri(path))
        .timeout(PATIENCE)
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
        .method(method, body);
  }

  private URI uri(String path) {
    return URI.create("https://localhost:" + port).resolve(path);
  }

  private static InputStream stream(byte[] content) {
    return new ByteArrayInputStream(content);
  }

  private HttpClient client(Version version) {
    return HttpClient.newBuilder().version(version).sslContext(trusting()).build();
  }

  /** Returns what trusts our own authority. */
  private SSLContext trusting() {
    try (InputStream authority = Files.newInputStream(files.authority())) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(authority));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
