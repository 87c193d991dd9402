package io.orlop.platform.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orlop.oci.Digest;
import io.orlop.platform.stream.BulkInputStream;
import io.orlop.platform.stream.ByteBudget;
import io.orlop.system.tls.SelfSigned;
import io.orlop.testsupport.RawConnection;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies over real connections: plain, over TLS, and several at once over one of HTTP/2. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodiesOnTheWireTest {
  private static final int PATIENCE = 60;
  private static final int LARGE = 12 * 1024 * 1024;

  private static final int STREAM_WINDOW = 2 * 1024 * 1024;

  /** At so many bytes a client is held up. */
  private static final long FULL = 512 * 1024;

  /** What may wait for its reader, and what a connection brings before it is left alone. */
  private static final long BACKLOG = 2 * 1024 * 1024;

  private final ByteBudget budget = new ByteBudget(32L << 20);
  private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
  private final AtomicInteger read = new AtomicInteger();
  private final Semaphore mayRead = new Semaphore(0);
  private final Random random = new Random(11);
  private Vertx vertx;
  private HttpServer plain;
  private HttpServer encrypted;
  private HttpClient client;

  /** How bytes reach us. */
  enum Way {
    PLAIN(Version.HTTP_1_1),
    TLS(Version.HTTP_1_1),
    TLS_HTTP2(Version.HTTP_2);

    private final Version version;

    Way(Version version) {
      this.version = version;
    }
  }

  /**
   * What became of a body.
   *
   * @param failure what the reader was told; empty at the end of a whole body
   * @param most how many bytes waited at most
   * @param pastVertx how many bytes Vert.x did not get to see
   */
  private record Taken(long bytes, String failure, long most, long pastVertx) {}

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    SelfSigned.Written files = SelfSigned.write(folder, List.of("localhost"));
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.route().handler(this::serve);
    plain = listening(router, new HttpServerOptions());
    encrypted =
        listening(
            router,
            new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                // As the product does: one stream that waits leaves room for others.
                .setInitialSettings(new Http2Settings().setInitialWindowSize(STREAM_WINDOW))
                .setHttp2ConnectionWindowSize(4 * STREAM_WINDOW)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .setCertPath(files.certificate().toString())
                        .setKeyPath(files.key().toString())));
    client = HttpClient.newBuilder().sslContext(trusting(files.authority())).build();
  }

  private HttpServer listening(Router router, HttpServerOptions options) throws Exception {
    return vertx
        .createHttpServer(options.setHost("localhost").setPort(0))
        .requestHandler(router)
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .get(PATIENCE, SECONDS);
  }

  @AfterAll
  void close() throws Exception {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE, SECONDS);
  }

  @AfterEach
  void expectNothingHeld() {
    assertThat(budget.held()).isZero();
    taken.clear();
    mayRead.drainPermits();
  }

  /** Reads a body on a thread that may wait, and answers with its digest. */
  private void serve(RoutingContext context) {
    context.request().pause();
    RequestBody body =
        new RequestBody(context, OptionalLong.empty(), budget, Duration.ofSeconds(PATIENCE));
    Thread.startVirtualThread(() -> read(context, body));
  }

  private void read(RoutingContext context, RequestBody body) {
    boolean slow = "/slow".equals(context.request().path());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long most = 0;
    String failure = "";
    try (body) {
      while (body.awaitPiece()) {
        if (slow && bytes.size() == 0) {
          mayRead.acquireUninterruptibly();
        }
        most = Math.max(most, budget.held());
        ByteBuffer piece = body.takePiece();
        if (piece != null) {
          byte[] copy = new byte[piece.remaining()];
          piece.get(copy);
          bytes.writeBytes(copy);
          read.set(bytes.size());
        }
      }
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
    long pastVertx = bytes.size() - context.request().bytesRead();
    taken.add(new Taken(bytes.size(), failure, most, pastVertx));
    if (failure.isEmpty()) {
      context.end(Digest.of(bytes.toByteArray()).toString());
    }
  }

  private static SSLContext trusting(Path authority) throws Exception {
    try (InputStream certificate = Files.newInputStream(authority)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    }
  }

  private CompletableFuture<HttpResponse<String>> send(Way way, String path, BodyPublisher body) {
    String address =
        way == Way.PLAIN
            ? "http://localhost:" + plain.actualPort()
            : "https://localhost:" + encrypted.actualPort();
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(address + path)).version(way.version).PUT(body).build(),
        BodyHandlers.ofString());
  }

  private byte[] content(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void expectExact(byte[] content, HttpResponse<String> answer, Way way) {
    assertThat(answer.version()).isEqualTo(way.version);
    assertThat(answer.body()).isEqualTo(Digest.of(content).toString());
  }

  @ParameterizedTest
  @EnumSource
  void bodiesOfEverySizeArriveExactly(Way way) throws Exception {
    for (int size : new int[] {0, 1, 4095, 16_384, 65_537, 700_001, 3, LARGE, 5}) {
      byte[] content = content(size);
      expectExact(
          content, send(way, "/", BodyPublishers.ofByteArray(content)).get(PATIENCE, SECONDS), way);
      expectExact(
          content,
          send(way, "/", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)))
              .get(PATIENCE, SECONDS),
          way);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bodiesThatArriveAtOnceAreNotMixedUp(Way way) throws Exception {
    List<byte[]> contents = new ArrayList<>();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      byte[] content = content(1_000_000 + i);
      contents.add(content);
      answers.add(send(way, "/", BodyPublishers.ofByteArray(content)));
    }
    for (int i = 0; i < 12; i++) {
      expectExact(contents.get(i), answers.get(i).get(PATIENCE, SECONDS), way);
    }
  }

  @ParameterizedTest
  @EnumSource
  void slowReaderHoldsItsClientUpAndLosesNothing(Way way) throws Exception {
    byte[] content = content(LARGE);
    CompletableFuture<HttpResponse<String>> answer =
        send(way, "/slow", BodyPublishers.ofByteArray(content));
    await().atMost(Duration.ofSeconds(PATIENCE)).until(() -> budget.held() >= FULL);
    // Others are not held up, even on the same connection.
    for (int i = 0; i < 4; i++) {
      byte[] other = content(LARGE / 4);
      expectExact(
          other, send(way, "/", BodyPublishers.ofByteArray(other)).get(PATIENCE, SECONDS), way);
    }
    taken.clear();
    mayRead.release();
    expectExact(content, answer.get(PATIENCE, SECONDS), way);
    assertThat(taken).hasSize(1).allSatisfy(body -> assertThat(body.most).isLessThan(BACKLOG));
  }

  @ParameterizedTest
  @EnumSource
  void readerIsToldOfAClientThatGoesAway(Way way) throws Exception {
    // Whether something waits or has just been taken at that moment is chance.
    for (int i = 0; i < 8; i++) {
      goAway(way);
    }
  }

  private void goAway(Way way) throws Exception {
    taken.clear();
    byte[] begun = content(LARGE);
    InputStream dying =
        new SequenceInputStream(
            new ByteArrayInputStream(begun),
            new BulkInputStream() {
              @Override
              protected int readSome(byte[] target, int from, int count) throws IOException {
                throw new IOException("The client dies");
              }
            });
    CompletableFuture<HttpResponse<String>> answer =
        send(way, "/", BodyPublishers.ofInputStream(() -> dying));
    assertThatThrownBy(() -> answer.get(PATIENCE, SECONDS)).isInstanceOf(ExecutionException.class);
    Taken body = taken.poll(PATIENCE, SECONDS);
    assertThat(body).isNotNull();
    assertThat(body.failure).isEqualTo("The request's body broke off");
    byte[] next = content(10_000);
    expectExact(next, send(way, "/", BodyPublishers.ofByteArray(next)).get(PATIENCE, SECONDS), way);
  }

  /** They wait for more to come with them, but not for long. */
  @ParameterizedTest
  @ValueSource(ints = {10, 5_000, 100_000, 300_000})
  void bytesReachTheirReaderThoughTheRestTarries(int size) throws Exception {
    byte[] chunk = content(size);
    try (RawConnection connection = new RawConnection(plain.actualPort())) {
      connection.write("PUT / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 1; i <= 3; i++) {
        int all = i * size;
        connection.write(Integer.toHexString(size) + "\r\n").write(chunk).write("\r\n");
        await().atMost(Duration.ofSeconds(PATIENCE)).until(() -> read.get() == all);
      }
      connection.write("0\r\n\r\n");
      assertThat(connection.read("PUT").status()).isEqualTo(200);
    }
  }

  /** A body whose reader is late from the first bytes on goes Vert.x' way, so it may take a few. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "TLS"})
  void largeBodiesGoPastVertx(Way way) {
    await().atMost(Duration.ofSeconds(PATIENCE)).until(() -> pastVertx(way) > 0);
  }

  @Test
  void bodiesThatShareAConnectionDoNotGoPastVertx() throws Exception {
    assertThat(pastVertx(Way.TLS_HTTP2)).isZero();
  }

  private long pastVertx(Way way) throws Exception {
    byte[] content = content(LARGE);
    expectExact(
        content, send(way, "/", BodyPublishers.ofByteArray(content)).get(PATIENCE, SECONDS), way);
    Taken body = taken.poll(PATIENCE, SECONDS);
    assertThat(body).isNotNull();
    return body.pastVertx;
  }
}
