package io.orlop.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RawConnection;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.clients.DockerDaemon;
import io.orlop.testsupport.clients.Folders;
import io.orlop.testsupport.clients.SharedServers;
import io.orlop.testsupport.clients.SharedServersExtension;
import io.orlop.testsupport.clients.TestImage;
import io.orlop.testsupport.objectstore.ObjectStore;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What people live through with their blobs in a bucket: one server on one bucket for all tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedServersExtension.class)
abstract class ObjectStoreJourney {
  private static final int MIB = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final byte[] NOTHING = {};

  private ObjectStore store;
  private OrlopServer orlop;
  private RepositoryClient repository;

  /** Starts the store over a folder. */
  abstract ObjectStore startStore(Path folder);

  @BeforeAll
  void start(@TempDir Path folder) {
    store = startStore(folder);
    store.createBucket("orlop");
    orlop = server("orlop");
    orlop.launch();
    repository =
        RegistryClient.of(URI.create(orlop.url()), "admin", orlop.adminPassword())
            .repository("library/s3");
  }

  @AfterAll
  void end() {
    if (orlop != null) {
      orlop.close();
      Folders.delete(orlop.data());
    }
    if (store != null) {
      store.close();
    }
  }

  private OrlopServer server(String bucket) {
    OrlopServer server =
        OrlopServer.on(OrlopServer.newData())
            .with("JAVA_OPTS", "-Xmx256m")
            .with("ORLOP_STORAGE_TYPE", "s3");
    store.settings(bucket).forEach(server::with);
    return server;
  }

  @Test
  void pushesAndPullsALargeLayer() {
    byte[] layer = Blobs.random(64 * MIB);
    Digest digest = Digest.of(layer);
    URI upload = repository.openUpload();
    repository.stream(upload, layer).expect(202).expectHeader("Range", "0-" + (layer.length - 1));
    repository.finish(upload, digest, NOTHING).expect(201);

    assertThat(Digest.of(repository.getBlob(digest).expect(200).bytes())).isEqualTo(digest);
    Answer part = repository.getBlob(digest, "bytes=30000000-50000000").expect(206);
    assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(layer, 30000000, 50000001));
    repository.headBlob(digest).expect(200).expectHeader("Content-Length", layer.length);
  }

  @Test
  void takesManyUploadsAtOnceInLittleMemory() throws Exception {
    List<Callable<Digest>> uploads = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      uploads.add(this::pushStreamed);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Digest> pushed : threads.invokeAll(uploads)) {
        assertThat(Digest.of(repository.getBlob(pushed.get()).expect(200).bytes()))
            .isEqualTo(pushed.get());
      }
    }
    assertThat(orlop.log()).doesNotContain("OutOfMemoryError");
  }

  private Digest pushStreamed() {
    byte[] layer = Blobs.random(11 * MIB);
    Digest digest = Digest.of(layer);
    URI upload = repository.openUpload();
    repository.stream(upload, layer).expect(202);
    repository.finish(upload, digest, NOTHING).expect(201);
    return digest;
  }

  @Test
  void goesOnWithAnUploadAfterACrashAndRedirectsPullsWhenToldTo() {
    byte[] layer = Blobs.random(13 * MIB);
    Digest digest = Digest.of(layer);
    URI upload = repository.openUpload();
    repository.patch(upload, 0, Arrays.copyOf(layer, 9 * MIB)).expect(202);
    orlop.kill9Java();
    orlop.with("ORLOP_STORAGE_S3_REDIRECT", "on").restart();

    repository.status(upload).expect(204).expectHeader("Range", "0-" + (9 * MIB - 1));
    repository.patch(upload, 9 * MIB, Arrays.copyOfRange(layer, 9 * MIB, layer.length)).expect(202);
    repository.finish(upload, digest, NOTHING).expect(201);
    repository.headBlob(digest).expect(200).expectHeader("Content-Length", layer.length);
    URI elsewhere = repository.getBlob(digest).expect(307).location();
    assertThat(elsewhere.getAuthority()).isEqualTo(store.endpoint().getAuthority());
    RegistryClient anybody = RegistryClient.anonymous(elsewhere);
    assertThat(anybody.request("GET", elsewhere).send().expect(200).bytes()).isEqualTo(layer);
    assertThat(
            anybody
                .request("GET", elsewhere)
                .header("Range", "bytes=10-19")
                .send()
                .expect(206)
                .bytes())
        .isEqualTo(Arrays.copyOfRange(layer, 10, 20));

    orlop.stop();
    orlop.with("ORLOP_STORAGE_S3_REDIRECT", "off").restart();
    assertThat(repository.getBlob(digest).expect(200).bytes()).isEqualTo(layer);
  }

  @Test
  void cutsTheConnectionWhenTheStoreGoesAwayInTheMiddleOfAPull() throws Exception {
    byte[] layer = Blobs.random(64 * MIB);
    Digest digest = repository.pushBlob(layer);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), orlop.port())) {
      socket.getOutputStream().write(pull(digest, repository).getBytes(StandardCharsets.US_ASCII));
      InputStream answer = socket.getInputStream();
      answer.readNBytes(MIB);
      store.kill();

      assertThat(answer.transferTo(OutputStream.nullOutputStream())).isLessThan(63 * MIB);
    } finally {
      store.start();
      await().atMost(PATIENCE).until(this::isHealthy);
    }
    assertThat(Digest.of(repository.getBlob(digest).expect(200).bytes())).isEqualTo(digest);
  }

  private static String pull(Digest digest, RepositoryClient puller) {
    return "GET /v2/library/s3/blobs/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n\r\n"
        .formatted(digest, puller.registry().authorization().orElseThrow());
  }

  /** A pull by a token goes a way of its own, and so does what breaks it off. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cutsOffADamagedBlobUntilAPushHealsIt(boolean byToken) throws Exception {
    RegistryClient admin = repository.registry();
    RepositoryClient puller =
        byToken
            ? admin.bearer(admin.token("repository:library/s3:pull")).repository("library/s3")
            : repository;
    byte[] layer = Blobs.random(2 * MIB);
    Digest digest = repository.pushBlob(layer);
    flipAByte(digest);
    try (RawConnection connection = new RawConnection(orlop.port())) {
      connection.write(pull(digest, puller)).expectCut(layer.length);
      orlop.awaitLog("Blob " + digest + " is damaged: its bytes have changed");
      assertThat(puller.getBlob(digest).expectError(500, "BLOB_UNKNOWN").text())
          .contains("push it again to this registry", digest.toString());
      await().atMost(PATIENCE).until(() -> !isHealthy());
    } finally {
      // Other tests wait for health.
      repository.pushBlob(layer);
    }
    assertThat(puller.getBlob(digest).expect(200).bytes()).isEqualTo(layer);
    await().atMost(PATIENCE).until(this::isHealthy);
  }

  /** Puts other bytes in place of a blob's, as many as it has. */
  private void flipAByte(Digest digest) {
    try (S3Client client = store.client()) {
      String key =
          client.listObjectsV2Paginator(list -> list.bucket("orlop")).contents().stream()
              .map(S3Object::key)
              .filter(name -> name.contains(digest.hex()))
              .findFirst()
              .orElseThrow();
      byte[] bytes = client.getObjectAsBytes(get -> get.bucket("orlop").key(key)).asByteArray();
      bytes[bytes.length / 2] ^= 1;
      client.putObject(put -> put.bucket("orlop").key(key), RequestBody.fromBytes(bytes));
    }
  }

  @Test
  void pushesAndPullsWithDocker(SharedServers servers, @TempDir Path home) {
    DockerDaemon daemon = servers.docker();
    var docker = daemon.client(home);
    docker.succeedsWith(
        orlop.adminPassword(),
        "login",
        "-u",
        "admin",
        "--password-stdin",
        "127.0.0.1:" + orlop.port());
    String image = "127.0.0.1:%d/library/%s:1".formatted(orlop.port(), UUID.randomUUID());
    Path archive = TestImage.random(4).writeArchive(home.resolve("image.tar"), image);
    docker.succeeds("load", "--input", archive.toString());
    docker.succeeds("push", image);
    docker.succeeds("rmi", image);
    docker.succeeds("pull", image);
    docker.succeeds("rmi", image);
  }

  @Test
  void losesNothingThatWasAcknowledgedWhileTheStoreIsAway() {
    byte[] before = Blobs.random(100_000);
    repository.pushBlob(before);
    byte[] layer = Blobs.random(12 * MIB);
    URI upload = repository.openUpload();
    repository.patch(upload, 0, Arrays.copyOf(layer, 7 * MIB)).expect(202);
    store.kill();

    await().atMost(PATIENCE).until(() -> !isHealthy());
    repository.getBlob(Digest.of(before)).expect(503);
    repository.patch(upload, 7 * MIB, Arrays.copyOfRange(layer, 7 * MIB, layer.length)).expect(503);
    repository.headBlob(Digest.of(before)).expect(200);
    orlop.awaitLog(store.endpoint() + " does not answer");

    store.start();
    await().atMost(PATIENCE).until(this::isHealthy);
    assertThat(repository.getBlob(Digest.of(before)).expect(200).bytes()).isEqualTo(before);
    repository.status(upload).expect(204).expectHeader("Range", "0-" + (7 * MIB - 1));
    repository.patch(upload, 7 * MIB, Arrays.copyOfRange(layer, 7 * MIB, layer.length)).expect(202);
    repository.finish(upload, Digest.of(layer), NOTHING).expect(201);
    assertThat(repository.getBlob(Digest.of(layer)).expect(200).bytes()).isEqualTo(layer);
  }

  private boolean isHealthy() {
    return "healthy"
        .equals(
            repository
                .registry()
                .get("/api/v2.0/health")
                .expect(200)
                .json()
                .path("status")
                .asText());
  }

  @Test
  void refusesToStartWithoutItsBucketAndSaysSo() {
    OrlopServer server = server("no-such-bucket");
    try (server) {
      server.launchOnly();
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.log())
          .contains("Orlop cannot start. The blob store cannot be used: ")
          .contains("there is no bucket no-such-bucket at " + store.endpoint())
          .contains("ORLOP_STORAGE_S3_BUCKET")
          .doesNotContain("\tat ");
    } finally {
      Folders.delete(server.data());
    }
  }

  @Test
  void refusesToStartWithKeysThatAreNotAcceptedAndSaysSo() {
    OrlopServer server = server("orlop").with("ORLOP_STORAGE_S3_SECRET_KEY", "another-secret");
    try (server) {
      server.launchOnly();
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.log())
          .contains("Orlop cannot start. The blob store cannot be used: ")
          .contains(store.endpoint() + " does not accept the keys (SignatureDoesNotMatch)")
          .contains("ORLOP_STORAGE_S3_ACCESS_KEY and ORLOP_STORAGE_S3_SECRET_KEY")
          .doesNotContain("another-secret", "\tat ");
    } finally {
      Folders.delete(server.data());
    }
  }

  /** Who makes the bucket anew makes another store: only what was in it makes it the right one. */
  @Test
  void goesOnWithItsOwnBucketAloneWhenThatWasDeleted() {
    store.createBucket("deleted");
    OrlopServer server = server("deleted");
    try (server;
        S3Client client = store.client()) {
      server.launch();
      RepositoryClient images = server.administrator().repository("library/deleted");
      byte[] before = Blobs.random(100_000);
      images.pushBlob(before);
      Map<String, byte[]> objects = takeAll(client, "deleted");
      client.deleteBucket(r -> r.bucket("deleted"));

      assertAnswersWithoutItsStore(images, Digest.of(before));
      awaitStoreHealth(server, "unhealthy: the blob store cannot be written to");
      server.awaitLog("there is no bucket deleted at " + store.endpoint() + ". Create it");

      store.createBucket("deleted");
      awaitStoreHealth(server, "unhealthy: the blob store is not the one that belongs");
      images.getBlob(Digest.of(before)).expect(503);

      objects.forEach((key, bytes) ->
          client.putObject(r -> r.bucket("deleted").key(key), RequestBody.fromBytes(bytes)));
      awaitStoreHealth(server, "healthy");
      assertThat(images.getBlob(Digest.of(before)).expect(200).bytes()).isEqualTo(before);
      images.pushBlob(Blobs.random(1000));
    } finally {
      Folders.delete(server.data());
    }
  }

  private static Map<String, byte[]> takeAll(S3Client client, String bucket) {
    Map<String, byte[]> taken = new HashMap<>();
    for (S3Object object :
        client.listObjectsV2Paginator(r -> r.bucket(bucket)).contents().stream().toList()) {
      String key = object.key();
      taken.put(key, client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray());
      client.deleteObject(r -> r.bucket(bucket).key(key));
    }
    return taken;
  }

  /** Expects 503 for everything that needs the store, and an answer to everything else. */
  static void assertAnswersWithoutItsStore(RepositoryClient images, Digest stored) {
    byte[] blob = Blobs.random(1000);
    assertThat(images.getBlob(stored).expect(503).text())
        .contains("UNAVAILABLE", "the store cannot be used; the log says why");
    assertThat(images.post(Digest.of(blob), blob).expect(503).text())
        .contains("UNAVAILABLE", "the store cannot be used; the log says why");
    images.patch(images.openUpload(), 0, blob).expect(503);
    images.headBlob(stored).expect(200);
    images.headBlob(Digest.of(blob)).expect(404);
    images.registry().get("/v2/").expect(200);
  }

  static void awaitStoreHealth(OrlopServer server, String words) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(storeHealth(server)).startsWith(words));
  }

  private static String storeHealth(OrlopServer server) {
    for (JsonNode component :
        server.administrator().get("/api/v2.0/health").expect(200).json().path("components")) {
      if (component.path("name").asText().equals("registry")) {
        return component.path("status").asText() + ": " + component.path("error").asText();
      }
    }
    throw new AssertionError("Nothing is said of the store");
  }

  /** The server that all tests share. */
  OrlopServer orlop() {
    return orlop;
  }
}
