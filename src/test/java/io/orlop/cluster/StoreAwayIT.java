package io.orlop.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RepositoryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Takes the folders of the blobs away from a running registry, and brings them back. */
class StoreAwayIT {
  private static final List<String> FOLDERS = List.of("blobs", "uploads");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void acknowledgesNothingUntilTheStoreIsBack() throws IOException {
    try (OrlopServer server = OrlopServer.start()) {
      RepositoryClient repository = server.administrator().repository("library/away");
      Digest before = repository.pushBlob(Blobs.random(100_000));
      byte[] begun = Blobs.random(1000);
      URI upload = repository.openUpload();
      repository.patch(upload, 0, begun).expect(202);

      takeAway(server.data());
      byte[] blob = Blobs.random(1000);
      assertThat(repository.post(Digest.of(blob), blob).expect(503).text())
          .contains("UNAVAILABLE", "the store of blobs is away");
      repository.finish(repository.openUpload(), Digest.of(blob), blob).expect(503);
      repository.finish(upload, Digest.of(begun), new byte[0]).expect(503);
      repository.getBlob(before).expect(503);
      repository.headBlob(Digest.of(blob)).expect(404);
      awaitHealth(server, "unhealthy: the blob store is not the one that belongs");
      assertThat(filesIn(server.data().resolve("blobs"))).isEmpty();
      assertThat(filesIn(server.data().resolve("uploads"))).isEmpty();

      bringBack(server.data());
      repository.post(Digest.of(blob), blob).expect(201);
      repository.finish(upload, Digest.of(begun), new byte[0]).expect(201);
      assertThat(repository.getBlob(Digest.of(blob)).expect(200).bytes()).isEqualTo(blob);
      assertThat(repository.getBlob(Digest.of(begun)).expect(200).bytes()).isEqualTo(begun);
      repository.getBlob(before).expect(200);
      awaitHealth(server, "healthy");
    }
  }

  private static void takeAway(Path data) throws IOException {
    for (String folder : FOLDERS) {
      Files.move(data.resolve(folder), data.resolve(folder + "-elsewhere"));
      Files.createDirectory(data.resolve(folder));
    }
  }

  private static void bringBack(Path data) throws IOException {
    for (String folder : FOLDERS) {
      Files.move(data.resolve(folder), data.resolve(folder + "-wrong"));
      Files.move(data.resolve(folder + "-elsewhere"), data.resolve(folder));
    }
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void awaitHealth(OrlopServer server, String words) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(storeHealth(server)).startsWith(words));
  }

  /** What is said of the store, whether it is well or not. */
  private static String storeHealth(OrlopServer server) {
    JsonNode components =
        server.administrator().get("/api/v2.0/health").expect(200).json().path("components");
    for (JsonNode component : components) {
      if (component.path("name").asText().equals("registry")) {
        return component.path("status").asText() + ": " + component.path("error").asText();
      }
    }
    throw new AssertionError("Nothing is said of the store: " + components);
  }
}
