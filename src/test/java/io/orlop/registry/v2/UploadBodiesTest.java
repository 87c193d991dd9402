package io.orlop.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RawConnection;
import io.orlop.testsupport.RawConnection.RawAnswer;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of uploads on connections that are used for other things too. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
@Timeout(180)
class UploadBodiesTest {
  private static final int LARGE = 8 * 1024 * 1024 + 12_345;
  private static final int[] ODD = {1, 70_001, 3, 8191, 262_147, 17, 4096, 1000};
  private static final Duration GENEROUS = Duration.ofSeconds(40);

  /** What the connections' threads keep for themselves of buffers that were given back. */
  private static final long KEPT = 6L << 20;

  @Inject TestRegistry registry;
  @Inject Chunks chunks;

  @Inject
  @ConfigProperty(name = "orlop.data")
  Path data;

  private RepositoryClient repository;
  private byte[] content;

  @BeforeEach
  void openRepository() {
    repository = registry.newRepository();
    content = Blobs.random(LARGE);
  }

  @AfterEach
  void expectNothingHeld() {
    await().atMost(GENEROUS).until(() -> chunks.waiting() == 0);
  }

  private String head(String method, String target, String... headers) {
    Account account = registry.maintainer();
    byte[] pair = (account.name() + ":" + account.password()).getBytes(StandardCharsets.UTF_8);
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic "
        + Base64.getEncoder().encodeToString(pair)
        + "\r\n"
        + String.join("", Arrays.stream(headers).map(header -> header + "\r\n").toList())
        + "\r\n";
  }

  private static byte[] chunked(byte[] bytes) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int from = 0;
    for (int i = 0; from < bytes.length; i++) {
      int size = Math.min(ODD[i % ODD.length], bytes.length - from);
      body.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      body.write(bytes, from, size);
      body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      from += size;
    }
    body.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  private byte[] part(int from, int to) {
    return Arrays.copyOfRange(content, from, to);
  }

  private static String end(URI upload, byte[] bytes) {
    return upload.getPath() + "?digest=" + Digest.of(bytes);
  }

  private void expectStored(byte[] bytes) {
    Answer pulled = repository.getBlob(Digest.of(bytes)).expect(200);
    assertThat(Digest.of(pulled.bytes())).isEqualTo(Digest.of(bytes));
  }

  private static void expectRange(RawAnswer answer, int status, int length) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("range", "0-" + (length - 1));
  }

  /** One push by chunks and one by a length, with other requests between. */
  private void push(RawConnection connection) throws IOException {
    int middle = LARGE / 2;
    URI upload = repository.openUpload();
    connection
        .write(head("PATCH", upload.getPath(), "Transfer-Encoding: chunked"))
        .write(chunked(part(0, middle)));
    expectRange(connection.read("PATCH"), 202, middle);
    connection.write(head("GET", upload.getPath()));
    expectRange(connection.read("GET"), 204, middle);
    connection
        .write(head("PUT", end(upload, content), "Content-Length: " + (LARGE - middle)))
        .write(part(middle, LARGE));
    assertThat(connection.read("PUT").status()).isEqualTo(201);
    connection.write(head("GET", "/v2/"));
    assertThat(connection.read("GET").status()).isEqualTo(200);
  }

  @Test
  void severalPushesAndOtherRequestsShareAConnection() throws IOException {
    try (RawConnection connection = new RawConnection(registry.port())) {
      for (int i = 0; i < 2; i++) {
        content = Blobs.random(LARGE);
        push(connection);
        expectStored(content);
      }
    }
  }

  @Test
  void wholeBlobBySinglePostLeavesTheConnectionUsable() throws IOException {
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection
          .write(
              head(
                  "POST",
                  "/v2/" + repository.name() + "/blobs/uploads/?digest=" + Digest.of(content),
                  "Content-Length: " + LARGE))
          .write(content);
      assertThat(connection.read("POST").status()).isEqualTo(201);
      connection.write(head("GET", "/v2/"));
      assertThat(connection.read("GET").status()).isEqualTo(200);
    }
    expectStored(content);
  }

  /** All of it is written before an answer is read. */
  @ParameterizedTest
  @ValueSource(ints = {10, 100_000, 2_000_000})
  void requestsBehindAnUploadWaitForTheirTurn(int size) throws IOException {
    byte[] first = Blobs.random(size);
    byte[] second = Blobs.random(size + 1);
    URI upload = repository.openUpload();
    URI other = repository.openUpload();
    try (RawConnection connection = new RawConnection(registry.port())) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      write(all, head("PATCH", upload.getPath(), "Transfer-Encoding: chunked"), chunked(first));
      write(all, head("GET", "/v2/"), new byte[0]);
      write(all, head("PATCH", other.getPath(), "Transfer-Encoding: chunked"), chunked(second));
      write(all, head("GET", upload.getPath()), new byte[0]);
      write(all, head("PUT", end(upload, first), "Content-Length: 0"), new byte[0]);
      write(all, head("PUT", end(other, second), "Content-Length: 0"), new byte[0]);
      connection.write(all.toByteArray());
      expectRange(connection.read("PATCH"), 202, first.length);
      assertThat(connection.read("GET").status()).isEqualTo(200);
      expectRange(connection.read("PATCH"), 202, second.length);
      expectRange(connection.read("GET"), 204, first.length);
      assertThat(connection.read("PUT").status()).isEqualTo(201);
      assertThat(connection.read("PUT").status()).isEqualTo(201);
    }
    expectStored(first);
    expectStored(second);
  }

  private static void write(ByteArrayOutputStream all, String head, byte[] body) {
    all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(body);
  }

  @Test
  void bodyOfSingleBytesArrivesWhole() throws IOException {
    content = Blobs.random(50_000);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte one : content) {
      body.writeBytes(new byte[] {'1', '\r', '\n', one, '\r', '\n'});
    }
    URI upload = repository.openUpload();
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection
          .write(head("PUT", end(upload, content), "Transfer-Encoding: chunked"))
          .write(body.toByteArray())
          .write("0\r\n\r\n");
      assertThat(connection.read("PUT").status()).isEqualTo(201);
    }
    expectStored(content);
  }

  @Test
  void clientThatAsksWhetherToGoOnIsToldSo() throws IOException {
    URI upload = repository.openUpload();
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection.write(
          head("PUT", end(upload, content), "Content-Length: " + LARGE, "Expect: 100-continue"));
      assertThat(connection.read("PUT").status()).isEqualTo(100);
      connection.write(content);
      assertThat(connection.read("PUT").status()).isEqualTo(201);
      connection.write(head("GET", "/v2/"));
      assertThat(connection.read("GET").status()).isEqualTo(200);
    }
    expectStored(content);
  }

  private void breakOff(URI upload, int sent, boolean politely) throws IOException {
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection
          .write(head("PATCH", upload.getPath(), "Content-Length: " + LARGE))
          .write(part(0, sent));
      if (politely) {
        connection.endOutput();
        connection.drain();
      } else {
        connection.reset();
      }
    }
  }

  private int arrived(URI upload) {
    String range = repository.status(upload).expect(204).header("Range").orElseThrow();
    return range.equals("0-0") ? 0 : Integer.parseInt(range.substring(2)) + 1;
  }

  @Test
  void whatArrivedBeforeTheClientLeftIsKeptAndGoneOnWith() throws IOException {
    URI upload = repository.openUpload();
    int sent = 3_000_001;
    breakOff(upload, sent, true);
    await().atMost(GENEROUS).until(() -> arrived(upload) > 0);
    int arrived = arrived(upload);
    assertThat(arrived).isLessThanOrEqualTo(sent);
    repository.patch(upload, arrived, part(arrived, LARGE)).expect(202);
    repository.finish(upload, Digest.of(content), new byte[0]).expect(201);
    expectStored(content);
  }

  /** Not for the minute that a silent client is waited for. */
  @Test
  void uploadsOfClientsThatLeftAtOnceAreFreeSoon() throws IOException {
    List<URI> uploads = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      URI upload = repository.openUpload();
      uploads.add(upload);
      breakOff(upload, i, false);
    }
    for (URI upload : uploads) {
      await().atMost(GENEROUS).until(() -> repository.cancel(upload).status() != 409);
    }
  }

  /** The store cannot make the upload's file. */
  private Path blockStaging(URI upload) throws IOException {
    String path = upload.getPath();
    return Files.createDirectories(
        data.resolve("uploads").resolve(path.substring(path.lastIndexOf('/') + 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 600_000, LARGE})
  void refusalInTheMiddleIsToldAndTheConnectionIsUsableOrClosedAsAnnounced(int size)
      throws IOException {
    URI upload = repository.openUpload();
    Path blocked = blockStaging(upload);
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection
          .write(head("PATCH", upload.getPath(), "Transfer-Encoding: chunked"))
          .write(chunked(part(0, size)));
      RawAnswer refusal = connection.read("PATCH");
      assertThat(refusal.status()).as("%s", refusal).isGreaterThanOrEqualTo(500);
      if ("close".equals(refusal.headers().get("connection"))) {
        assertThat(connection.readByte()).isEqualTo(-1);
      } else {
        connection.write(head("GET", "/v2/"));
        assertThat(connection.read("GET").status()).isEqualTo(200);
      }
    } finally {
      Files.delete(blocked);
    }
    repository.patch(upload, 0, content).expect(202);
    repository.finish(upload, Digest.of(content), new byte[0]).expect(201);
    expectStored(content);
  }

  @Test
  void chunkThatIsOutOfOrderIsRefusedBeforeItIsRead() throws IOException {
    URI upload = repository.openUpload();
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection
          .write(
              head(
                  "PATCH",
                  upload.getPath(),
                  "Content-Length: " + LARGE,
                  "Content-Range: 5-" + (LARGE + 4)))
          .write(content);
      RawAnswer refusal = connection.read("PATCH");
      assertThat(refusal.status()).isEqualTo(416);
      assertThat(refusal.headers()).containsEntry("connection", "close");
      assertThat(connection.readByte()).isEqualTo(-1);
    }
    assertThat(arrived(upload)).isZero();
  }

  private static long pooledBytes() {
    return ((PooledByteBufAllocator) VertxByteBufAllocator.POOLED_ALLOCATOR)
        .metric().directArenas().stream().mapToLong(PoolArenaMetric::numActiveBytes).sum();
  }

  private void roundOfEverything() throws IOException {
    try (RawConnection connection = new RawConnection(registry.port())) {
      push(connection);
    }
    breakOff(repository.openUpload(), LARGE / 2, true);
    breakOff(repository.openUpload(), LARGE / 2, false);
    URI upload = repository.openUpload();
    Path blocked = blockStaging(upload);
    try {
      repository.stream(upload, content).expect(503);
    } finally {
      Files.delete(blocked);
    }
  }

  @Test
  void everyBufferIsGivenBack() throws IOException {
    roundOfEverything();
    await().atMost(GENEROUS).until(() -> chunks.waiting() == 0);
    long before = pooledBytes();
    for (int i = 0; i < 4; i++) {
      roundOfEverything();
    }
    await()
        .atMost(GENEROUS)
        .untilAsserted(() -> assertThat(pooledBytes()).isLessThan(before + KEPT));
  }
}
