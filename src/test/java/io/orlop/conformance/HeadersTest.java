package io.orlop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Headers that clients look at, beyond what the specification demands. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class HeadersTest {
  @Inject TestRegistry registry;
  private RepositoryClient repository;
  private Digest image;
  private Digest blob;

  @BeforeEach
  void push() {
    repository = registry.newRepository();
    image = repository.pushImage("v1");
    blob = repository.pushBlob(Blobs.random(100));
  }

  /** Older engines, Jib and podman take anything else for a registry of version 1. */
  @Test
  void everyAnswerNamesTheApiVersionAndForbidsSniffing() {
    List<Answer> answers =
        List.of(
            registry.anonymous().get("/v2/").expect(401),
            repository.registry().get("/v2/").expect(200),
            repository.registry().get("/v2/nothing").expect(404),
            repository.registry().request("POST", "/v2/").send().expect(405),
            registry.anonymous().get("/v2/_catalog").expect(401),
            repository.registry().get("/v2/_catalog").expect(403),
            repository.getManifest("v1").expect(200),
            repository.headManifest("v1").expect(200),
            repository.getManifest("v2").expect(404),
            repository.getBlob(blob).expect(200),
            repository.getBlob(blob, "bytes=0-1").expect(206),
            repository.getBlob(blob, "bytes=0-1,5-6").expect(206),
            repository.getBlob(blob, "bytes=100-").expect(416),
            repository.tags("").expect(200),
            repository.referrers(image, "").expect(200),
            repository.beginUpload("").expect(202),
            repository.registry().get("/v2/Not/A/Name/tags/list").expect(400));
    answers.forEach(answer ->
        answer
            .expectHeader("Docker-Distribution-API-Version", "registry/2.0")
            .expectHeader("X-Content-Type-Options", "nosniff"));
  }

  @Test
  void contentIsNamedByItsDigest() {
    for (Answer answer : List.of(repository.getManifest("v1"), repository.headManifest("v1"))) {
      answer.expectHeader("Docker-Content-Digest", image).expectHeader("ETag", "\"" + image + "\"");
    }
    for (Answer answer : List.of(repository.getBlob(blob), repository.headBlob(blob))) {
      answer.expectHeader("Docker-Content-Digest", blob).expectHeader("ETag", "\"" + blob + "\"");
    }
  }

  @Test
  void contentOfADigestMayBeKeptForeverAndATagNever() {
    String forever = "private, max-age=31536000, immutable";
    repository.getManifest(image).expectHeader("Cache-Control", forever);
    repository.headManifest(image).expectHeader("Cache-Control", forever);
    repository.getBlob(blob).expectHeader("Cache-Control", forever);
    repository.headBlob(blob).expectHeader("Cache-Control", forever);
    repository.getManifest("v1").expectHeader("Cache-Control", "private, no-cache");
    repository.headManifest("v1").expectHeader("Cache-Control", "private, no-cache");
  }

  @Test
  void blobsOfferRanges() {
    repository.getBlob(blob).expectHeader("Accept-Ranges", "bytes");
    repository.headBlob(blob).expectHeader("Accept-Ranges", "bytes");
  }

  /** containerd asks for them, and a range of an encoded layer is of no use. */
  @Test
  void contentIsNeverEncoded() {
    byte[] plain = repository.getBlob(blob).bytes();
    Answer blobs =
        repository
            .request("GET", "/blobs/" + blob)
            .header("Accept-Encoding", "zstd;q=1.0, gzip;q=0.8, deflate;q=0.5")
            .send()
            .expect(200);
    assertThat(blobs.header("Content-Encoding")).isEmpty();
    assertThat(blobs.bytes()).isEqualTo(plain);
    Answer manifest =
        repository
            .request("GET", "/manifests/v1")
            .header("Accept-Encoding", "gzip")
            .send()
            .expect(200);
    assertThat(manifest.header("Content-Encoding")).isEmpty();
  }

  /** containerd drops its credentials where host or scheme differ. */
  @Test
  void locationsAndLinksArePathsOnThisHost() {
    List<Answer> answers =
        List.of(
            repository.beginUpload(""),
            repository.post(Digest.of(new byte[0]), new byte[0]),
            repository.putManifest("v2", repository.newImage()));
    answers.forEach(answer ->
        assertThat(answer.header("Location").orElseThrow()).startsWith("/v2/" + repository.name()));
    assertThat(repository.tags("?n=1").header("Link").orElseThrow())
        .startsWith("</v2/" + repository.name());
  }

  /** A mirror is told which registry the client means; it is no parameter of ours. */
  @Test
  void sourceHostIsIgnored() {
    repository.request("GET", "/manifests/v1?ns=docker.io").send().expect(200);
    repository.request("GET", "/blobs/" + blob + "?ns=docker.io").send().expect(200);
  }

  @Test
  void requestIdIsTheClientsOwnIfItIsSane() {
    repository
        .request("GET", "/tags/list")
        .header("X-Request-ID", "trace-1")
        .send()
        .expectHeader("X-Request-ID", "trace-1");
    assertThat(
            repository
                .request("GET", "/tags/list")
                .header("X-Request-ID", "<script>")
                .send()
                .header("X-Request-ID"))
        .isPresent()
        .isNotEqualTo(java.util.Optional.of("<script>"));
  }

  /** It would make podman use an API of signatures that this registry does not have. */
  @Test
  void signatureExtensionIsNotAnnounced() {
    assertThat(registry.anonymous().get("/v2/").header("X-Registry-Supports-Signatures")).isEmpty();
  }
}
