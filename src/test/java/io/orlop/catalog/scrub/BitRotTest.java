package io.orlop.catalog.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.catalog.blob.DamagedBlobs;
import io.orlop.oci.Digest;
import io.orlop.platform.metrics.MetricsServer;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.Exposition;
import io.orlop.testsupport.LogWatch;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens when stored bytes change by themselves. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class BitRotTest {
  @Inject TestRegistry registry;
  @Inject BlobScrub scrub;
  @Inject DamagedBlobs damaged;
  @Inject Database database;
  @Inject MetricsServer metrics;

  private final HttpClient http2 =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
  private RepositoryClient repository;
  private final byte[] content = Blobs.random(700_000);
  private Digest digest;

  @BeforeEach
  void pushBlob() {
    repository = registry.newRepository();
    digest = repository.pushBlob(content);
    // Nothing else is due: other tests of this virtual machine damage blobs in ways of their own.
    database.update("UPDATE blob SET checked_at = now()");
    makeDue();
  }

  @AfterEach
  void forgetDamage() {
    database.update("UPDATE blob SET damaged_at = NULL, damage = NULL");
  }

  @Test
  void leavesAHealthyBlobAlone() {
    scrub.run();
    assertThat(damaged.damagedBlobs()).isZero();
    assertThat(isDue()).isFalse();
    assertThat(repository.getBlob(digest).expect(200).bytes()).isEqualTo(content);
  }

  @Test
  void scrubFindsAFlippedBitAndAPushHealsIt() throws IOException {
    flip(file(), 350_000);
    Path rotten = file();
    scrub.run();

    Answer refused = repository.getBlob(digest).expectError(500, "BLOB_UNKNOWN");
    assertThat(refused.text()).contains("damaged", "push it again", digest.toString());
    assertThat(damage()).isEqualTo("content");
    repository.headBlob(digest).expect(404);
    awaitHealth("unhealthy");
    awaitMeteredDamage(1);

    repository.pushBlob(content);
    assertThat(repository.getBlob(digest).expect(200).bytes()).isEqualTo(content);
    repository.headBlob(digest).expect(200);
    assertThat(rotten).doesNotExist();
    assertThat(count("SELECT count(*) FROM blob WHERE digest = ?")).isOne();
    awaitHealth("healthy");
    awaitMeteredDamage(0);
  }

  @Test
  void whatIsKnownToBeDamagedIsNotToldAgainForEachPull() throws IOException {
    flip(file(), 0);
    scrub.run();
    LogWatch log = LogWatch.open();
    try {
      repository.getBlob(digest).expectError(500, "BLOB_UNKNOWN");
      log.expectNothingAboveDebug();
    } finally {
      log.close();
    }
  }

  @Test
  void scrubFindsMissingAndShortBytes() throws IOException {
    byte[] other = Blobs.random(1000);
    Digest shortened = repository.pushBlob(other);
    Files.delete(file());
    try (var file = Files.newByteChannel(file(shortened), StandardOpenOption.WRITE)) {
      file.truncate(999);
    }
    makeDue(shortened);
    scrub.run();
    assertThat(damage()).isEqualTo("missing");
    assertThat(damage(shortened)).isEqualTo("length");
  }

  @Test
  void aReadFindsMissingAndShortBytesToo() throws IOException {
    try (var file = Files.newByteChannel(file(), StandardOpenOption.WRITE)) {
      file.truncate(1);
    }
    repository.getBlob(digest).expectError(500, "BLOB_UNKNOWN");
    assertThat(damage()).isEqualTo("length");
    repository.pushBlob(content);
    Files.delete(file());
    repository.getBlob(digest).expectError(500, "BLOB_UNKNOWN");
    assertThat(damage()).isEqualTo("missing");
  }

  @Test
  void aStoreThatIsAwayDamagesNothing() throws IOException {
    Path blobs = data().resolve("blobs");
    Path away = data().resolve("blobs-away");
    Files.move(blobs, away);
    Files.createDirectory(blobs);
    try {
      scrub.run();
      repository.getBlob(digest).expect(503);
    } finally {
      Files.delete(blobs);
      Files.move(away, blobs);
    }
    assertThat(damaged.damagedBlobs()).isZero();
    assertThat(isDue()).isTrue();
    repository.getBlob(digest).expect(200);
  }

  @Test
  void bytesThatComeBackAreBelieved() throws IOException {
    Path file = file();
    Path aside = file.resolveSibling("aside");
    Files.move(file, aside);
    scrub.run();
    repository.getBlob(digest).expect(500);
    Files.move(aside, file);
    makeDue();
    scrub.run();
    repository.getBlob(digest).expect(200);
  }

  @Test
  void aFullReadThroughTheProcessIsCutBeforeTheLastByte() throws Exception {
    assertThat(readOverHttp2().body()).isEqualTo(content);
    flip(file(), 3);
    assertThatThrownBy(this::readOverHttp2)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Internal error");
    assertThat(damage()).isEqualTo("content");
    repository.getBlob(digest).expectError(500, "BLOB_UNKNOWN");
  }

  @Test
  void aSmallDamagedBlobIsRefusedOutright() throws Exception {
    digest = repository.pushBlob(Blobs.random(100));
    flip(file(), 99);
    assertThat(readOverHttp2().statusCode()).isEqualTo(500);
  }

  @Test
  void aDamagedBlobIsNeitherMountedNorNamed() throws IOException {
    byte[] config = Blobs.config();
    repository.pushBlob(config);
    ManifestBuilder image = ManifestBuilder.image().config(config).layer(content);
    flip(file(), 0);
    scrub.run();
    repository.putManifest("v1", image).expectError(400, "MANIFEST_BLOB_UNKNOWN");
    repository.beginUpload("?mount=" + digest + "&from=" + repository.name()).expect(202);
    RepositoryClient other = registry.newRepository();
    other.beginUpload("?mount=" + digest + "&from=" + repository.name()).expect(202);
    repository.pushBlob(content);
    other.beginUpload("?mount=" + digest + "&from=" + repository.name()).expect(201);
    repository.putManifest("v1", image).expect(201);
  }

  @Test
  void manyPushesHealADamagedBlobOnce() throws Exception {
    flip(file(), 0);
    scrub.run();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        pool.execute(() -> registry.newRepository().pushBlob(content));
      }
    }
    assertThat(repository.getBlob(digest).expect(200).bytes()).isEqualTo(content);
    assertThat(count("SELECT count(*) FROM blob WHERE digest = ?")).isOne();
    try (var generations = Files.list(file().getParent())) {
      assertThat(generations.filter(file -> file.toString().contains(digest.hex())))
          .containsExactly(file());
    }
  }

  private HttpResponse<byte[]> readOverHttp2() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                registry.url().resolve("/v2/" + repository.name() + "/blobs/" + digest))
            .header("Authorization", authorization())
            .build();
    HttpResponse<byte[]> answer = http2.send(request, BodyHandlers.ofByteArray());
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    return answer;
  }

  private String authorization() {
    RegistryClient client = repository.registry();
    return "Bearer " + client.token("repository:" + repository.name() + ":pull");
  }

  private void awaitHealth(String status) {
    Awaitility.await()
        .until(() ->
            registry
                .anonymous()
                .get("/api/v2.0/health")
                .json()
                .path("components")
                .valueStream()
                .filter(part -> part.path("name").asText().equals("registry"))
                .anyMatch(part -> part.path("status").asText().equals(status)));
  }

  /** The figure is unknown for a moment if the database does not answer at once. */
  private void awaitMeteredDamage(double blobs) {
    Awaitility.await().until(() -> metrics.port() > 0);
    URI address = URI.create("http://127.0.0.1:" + metrics.port() + "/metrics");
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(Exposition.read(address).lines()).contains("orlop_blobs_damaged " + blobs));
  }

  private void makeDue() {
    makeDue(digest);
  }

  private void makeDue(Digest blob) {
    database.update(
        "UPDATE blob SET checked_at = now() - interval '31 days' WHERE digest = ?",
        blob.toString());
  }

  private boolean isDue() {
    return count(
            "SELECT count(*) FROM blob WHERE digest = ? AND checked_at < now() - interval '1d'")
        == 1;
  }

  private String damage() {
    return damage(digest);
  }

  private String damage(Digest blob) {
    return database.one(
        "SELECT coalesce(damage, 'none') FROM blob WHERE digest = ? AND condemned_at IS NULL",
        row -> row.getString(1),
        blob.toString());
  }

  private long count(String sql) {
    return database.one(sql, row -> row.getLong(1), digest.toString());
  }

  private Path file() {
    return file(digest);
  }

  private Path file(Digest blob) {
    String key =
        database.one(
            "SELECT storage_key FROM blob WHERE digest = ? AND condemned_at IS NULL",
            row -> row.getString(1),
            blob.toString());
    return data().resolve("blobs").resolve(key);
  }

  private static Path data() {
    return Path.of(ConfigProvider.getConfig().getValue("orlop.data", String.class));
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }
}
