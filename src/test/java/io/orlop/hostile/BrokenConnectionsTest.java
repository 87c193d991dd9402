package io.orlop.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.oci.Digest;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RawConnection;
import io.orlop.testsupport.RepositoryClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that go away, or hardly move. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class BrokenConnectionsTest extends HostileTest {
  /** Long enough for the registry to notice and, if it did, to complain. */
  private static final Duration A_WHILE = Duration.ofMillis(1500);

  private RepositoryClient repository;
  private byte[] content;

  @BeforeEach
  void openRepository() {
    repository = registry.newRepository();
    content = Blobs.random(1_000_000);
  }

  private void breakOff(String head, byte[] part, boolean politely) throws IOException {
    try (RawConnection connection = new RawConnection(registry.port())) {
      connection.write(head).write(part);
      if (politely) {
        connection.endOutput();
        connection.drain();
      } else {
        connection.patience(500).drain(); // What a reset overtakes on its way is lost.
        connection.reset();
      }
    }
  }

  private void expectQuiet() {
    await()
        .during(A_WHILE)
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> log().expectNothingAboveDebug());
    repository.registry().get("/v2/").expect(200);
  }

  private String[] bodyOf(int length) {
    return new String[] {
      as(registry.maintainer()),
      "Content-Type: application/octet-stream",
      "Content-Length: " + length
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void singlePostThatBreaksOffLeavesNothing(boolean politely) throws IOException {
    Digest digest = Digest.of(content);
    breakOff(
        request(
            "POST",
            "/v2/" + repository.name() + "/blobs/uploads/?digest=" + digest,
            bodyOf(2_000_000)),
        content,
        politely);
    expectQuiet();
    repository.headBlob(digest).expect(404);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void chunkThatBreaksOffIsGoneOnWith(boolean politely) throws IOException {
    URI upload = repository.openUpload();
    breakOff(
        request("PATCH", upload.getPath(), bodyOf(content.length)),
        Arrays.copyOf(content, 600_000),
        politely);
    Answer status =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> repository.status(upload).expect(204),
                answer -> !answer.header("Range").orElseThrow().equals("0-0"));
    int arrived = Integer.parseInt(status.header("Range").orElseThrow().substring(2)) + 1;
    assertThat(arrived).isLessThanOrEqualTo(600_000);
    repository
        .patch(upload, arrived, Arrays.copyOfRange(content, arrived, content.length))
        .expect(202);
    repository.finish(upload, Digest.of(content), new byte[0]).expect(201);
    expectQuiet();
  }

  @Test
  void chunkedBodyThatBreaksOffIsNotTakenForWhole() throws IOException {
    URI upload = repository.openUpload();
    breakOff(
        request(
            "PUT",
            upload.getPath() + "?digest=" + Digest.of(content),
            as(registry.maintainer()),
            "Transfer-Encoding: chunked"),
        "5\r\nabcde\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        true);
    expectQuiet();
    repository.headBlob(Digest.of(content)).expect(404);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endThatBreaksOffMayBeTriedAgain(boolean politely) throws IOException {
    URI upload = repository.openUpload();
    String target = upload.getPath() + "?digest=" + Digest.of(content);
    breakOff(
        request("PUT", target, bodyOf(content.length)), Arrays.copyOf(content, 1000), politely);
    Answer status =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> repository.status(upload), answer -> answer.status() == 204);
    String range = status.header("Range").orElseThrow();
    int arrived = range.equals("0-0") ? 0 : Integer.parseInt(range.substring(2)) + 1;
    expectQuiet();
    repository
        .finish(upload, Digest.of(content), Arrays.copyOfRange(content, arrived, content.length))
        .expect(201);
  }

  @Test
  void manifestThatBreaksOffIsNotStored() throws IOException {
    ManifestBuilder image = repository.newImage();
    breakOff(
        request(
            "PUT",
            "/v2/" + repository.name() + "/manifests/v1",
            as(registry.maintainer()),
            "Content-Type: " + image.contentType(),
            "Content-Length: " + image.bytes().length),
        Arrays.copyOf(image.bytes(), 20),
        true);
    expectQuiet();
    repository.headManifest("v1").expect(404);
  }

  /** containerd does so thousands of times a day. */
  @ParameterizedTest
  @CsvSource({"bytes=0-", "bytes=10-", "'bytes=0-400000,500000-900000'"})
  void pullThatBreaksOffIsNoNews(String range) throws IOException {
    byte[] large = Blobs.random(20_000_000);
    Digest digest = repository.pushBlob(large);
    for (int i = 0; i < 5; i++) {
      try (RawConnection connection = new RawConnection(registry.port())) {
        connection.write(
            request(
                "GET",
                "/v2/" + repository.name() + "/blobs/" + digest,
                as(registry.maintainer()),
                "Range: " + range));
        assertThat(connection.readByte()).isEqualTo('H');
        connection.reset();
      }
    }
    expectQuiet();
  }

  @Test
  void clientThatLeavesBeforeTheAnswerIsNoNews() throws IOException {
    for (String target :
        new String[] {"/v2/", "/v2/" + repository.name() + "/tags/list", "/service/token"}) {
      breakOff(request("GET", target, as(registry.newUser())), new byte[0], false);
    }
    expectQuiet();
  }

  @Test
  void slowClientsHoldUpNobodyElse() throws IOException {
    List<RawConnection> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        RawConnection head = new RawConnection(registry.port());
        slow.add(head.write("GET /v2/ HTTP/1.1\r\nHost: lo"));
        RawConnection body = new RawConnection(registry.port());
        slow.add(
            body.write(request("PATCH", repository.openUpload().getPath(), bodyOf(1_000_000)))
                .write("some"));
      }
      repository.pushImage("v1");
      repository.getManifest("v1").expect(200);
    } finally {
      for (RawConnection connection : slow) {
        connection.close();
      }
    }
    expectQuiet();
  }

  @Test
  void twoRequestsToOneUploadDoNotMix() throws IOException {
    URI upload = repository.openUpload();
    try (RawConnection first = new RawConnection(registry.port())) {
      first.write(request("PATCH", upload.getPath(), bodyOf(1000))).write(new byte[500]);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> repository.stream(upload, new byte[1]).status() == 409);
      repository.cancel(upload).expectError(409, "BLOB_UPLOAD_INVALID");
      first.write(new byte[500]);
      assertThat(first.read("PATCH").status()).isEqualTo(202);
    }
  }
}
