package io.orlop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements: Pull. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class PullTest {
  private static final Digest UNKNOWN =
      Digest.of("nobody has this".getBytes(StandardCharsets.UTF_8));

  @Inject TestRegistry registry;
  private RepositoryClient repository;

  @BeforeEach
  void openRepository() {
    repository = registry.newRepository();
  }

  @Nested
  class PullingManifests {

    @Test
    void servesManifestByTagAndByDigestByteForByte() {
      ManifestBuilder image = repository.newImage();
      repository.pushManifest("v1", image);

      for (Object reference : new Object[] {"v1", image.digest()}) {
        Answer answer = repository.getManifest(reference).expect(200);
        assertThat(answer.bytes()).isEqualTo(image.bytes());
        answer
            .expectHeader("Docker-Content-Digest", image.digest())
            .expectHeader("Content-Type", ManifestBuilder.OCI_MANIFEST)
            .expectHeader("Content-Length", image.bytes().length);
      }
    }

    @Test
    void servesManifestByDigestOfAnotherAlgorithm() {
      ManifestBuilder image = repository.newImage();
      Digest digest = Digest.of(DigestAlgorithm.SHA512, image.bytes());
      repository
          .putManifest(digest, image)
          .expect(201)
          .expectHeader("Docker-Content-Digest", digest);

      repository.getManifest(digest).expect(200).expectHeader("Docker-Content-Digest", digest);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "*/*",
          "application/vnd.oci.image.manifest.v1+json;q=0.1, */*;q=0.01",
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.oci.image.index.v1+json",
          "text/html",
          "application/*",
          "nonsense",
          "",
        })
    void servesStoredTypeWhateverTheClientAccepts(String accept) {
      ManifestBuilder image = repository.newImage();
      repository.pushManifest("v1", image);

      Answer answer =
          repository.request("GET", "/manifests/v1").header("Accept", accept).send().expect(200);
      assertThat(answer.bytes()).isEqualTo(image.bytes());
      answer.expectHeader("Content-Type", ManifestBuilder.OCI_MANIFEST);
    }

    @Test
    void answersNotModifiedToWhoeverHasItAlready() {
      Digest digest = repository.pushImage("v1");
      for (String condition : new String[] {"\"" + digest + "\"", "W/\"" + digest + "\"", "*"}) {
        Answer answer =
            repository
                .request("GET", "/manifests/v1")
                .header("If-None-Match", condition)
                .send()
                .expect(304)
                .expectHeader("ETag", "\"" + digest + "\"");
        assertThat(answer.bytes()).isEmpty();
      }
      repository
          .request("GET", "/manifests/v1")
          .header("If-None-Match", "\"" + UNKNOWN + "\"")
          .send()
          .expect(200);
    }

    @Test
    void answersNotFoundForWhatIsNotThere() {
      repository.getManifest("v1").expectError(404, "NAME_UNKNOWN");
      repository.pushImage("v1");
      repository.getManifest("v2").expectError(404, "MANIFEST_UNKNOWN");
      repository.getManifest(UNKNOWN).expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void answersNotFoundForManifestOfAnotherRepository() {
      Digest digest = repository.pushImage("v1");
      RepositoryClient other = registry.newRepository();
      other.pushImage("v1");
      other.getManifest(digest).expectError(404, "MANIFEST_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {".hidden", "-dash", "a+b", "sp%20ace", "%C3%A4"})
    void refusesReferenceThatCanBeNoTag(String reference) {
      repository.getManifest(reference).expectError(400, "NAME_INVALID");
    }

    @Test
    void limitsTagsTo128Characters() {
      repository.getManifest("t".repeat(129)).expectError(400, "NAME_INVALID");
      repository.pushImage("t".repeat(128));
      repository.getManifest("t".repeat(128)).expect(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "sha256:",
          "sha256:abc",
          "sha256:zz6f7a8c",
          "md5:d41d8cd98f00b204e9800998ecf8427e",
          "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        })
    void refusesReferenceThatIsAMalformedDigest(String reference) {
      repository.getManifest(reference).expectError(400, "DIGEST_INVALID");
    }
  }

  @Nested
  class PullingBlobs {

    @Test
    void servesBlobByteForByte() {
      byte[] content = Blobs.random(300_000);
      Digest digest = repository.pushBlob(content);

      Answer answer = repository.getBlob(digest).expect(200);
      assertThat(answer.bytes()).isEqualTo(content);
      answer
          .expectHeader("Docker-Content-Digest", digest)
          .expectHeader("Content-Length", content.length);
    }

    @Test
    void servesEmptyBlob() {
      Digest digest = repository.pushBlob(new byte[0]);
      Answer answer = repository.getBlob(digest).expect(200).expectHeader("Content-Length", 0);
      assertThat(answer.bytes()).isEmpty();
    }

    @Test
    void answersNotModifiedToWhoeverHasItAlready() {
      Digest digest = repository.pushBlob(Blobs.random(10));
      repository
          .request("GET", "/blobs/" + digest)
          .header("If-None-Match", "\"" + digest + "\"")
          .send()
          .expect(304);
    }

    @Test
    void answersNotFoundForWhatIsNotThere() {
      repository.getBlob(UNKNOWN).expectError(404, "NAME_UNKNOWN");
      repository.pushBlob(Blobs.random(10));
      repository.getBlob(UNKNOWN).expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    void answersNotFoundForBlobOfAnotherRepository() {
      Digest digest = repository.pushBlob(Blobs.random(10));
      RepositoryClient other = registry.newRepository();
      other.pushBlob(Blobs.random(10));
      other.getBlob(digest).expectError(404, "BLOB_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "sha256:abc", "md5:d41d8cd98f00b204e9800998ecf8427e"})
    void refusesMalformedDigest(String digest) {
      repository.request("GET", "/blobs/" + digest).send().expectError(400, "DIGEST_INVALID");
    }
  }

  /** RFC 9110, section 14. */
  @Nested
  class Ranges {
    private static final int SIZE = 1000;
    private byte[] content;
    private Digest digest;

    @BeforeEach
    void push() {
      content = Blobs.random(SIZE);
      digest = repository.pushBlob(content);
    }

    @ParameterizedTest
    @CsvSource({
      "bytes=0-0, 0, 0",
      "bytes=0-99, 0, 99",
      "bytes=500-, 500, 999",
      "bytes=-100, 900, 999",
      "bytes=-5000, 0, 999",
      "bytes=990-5000, 990, 999",
      "bytes=999-, 999, 999",
      "BYTES=5-6, 5, 6",
      "bytes=0-9223372036854775807, 0, 999",
    })
    void servesPart(String range, int first, int last) {
      Answer answer = repository.getBlob(digest, range).expect(206);
      answer
          .expectHeader("Content-Range", "bytes " + first + "-" + last + "/" + SIZE)
          .expectHeader("Content-Length", last - first + 1)
          .expectHeader("Docker-Content-Digest", digest);
      assertThat(answer.bytes()).isEqualTo(Arrays.copyOfRange(content, first, last + 1));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "bytes=1000-",
          "bytes=1000-1001",
          "bytes=5-2",
          "bytes=-0",
          "bytes=99999999999999999999-"
        })
    void refusesRangeWithoutAByteOfTheBlob(String range) {
      repository
          .getBlob(digest, range)
          .expectError(416, "SIZE_INVALID")
          .expectHeader("Content-Range", "bytes */" + SIZE);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"items=0-1", "bytes", "bytes=", "bytes=a-b", "bytes=--1", "bytes=1-2-3"})
    void ignoresWhatItDoesNotUnderstand(String range) {
      Answer answer = repository.getBlob(digest, range).expect(200);
      assertThat(answer.bytes()).isEqualTo(content);
    }

    @Test
    void servesSeveralPartsAtOnce() {
      Answer answer = repository.getBlob(digest, "bytes=0-9, 500-509").expect(206);
      String type = answer.header("Content-Type").orElseThrow();
      assertThat(type).matches("multipart/byteranges; boundary=[A-Za-z0-9]+");
      assertThat(answer.bytes())
          .hasSize(Integer.parseInt(answer.header("Content-Length").orElseThrow()));
      String body = new String(answer.bytes(), StandardCharsets.ISO_8859_1);
      assertThat(body)
          .contains(
              part(0, 10), part(500, 510), "--" + type.substring(type.indexOf('=') + 1) + "--");
    }

    @Test
    void honoursIfRange() {
      Answer same =
          repository
              .request("GET", "/blobs/" + digest)
              .header("Range", "bytes=0-9")
              .header("If-Range", "\"" + digest + "\"")
              .send();
      same.expect(206);
      repository
          .request("GET", "/blobs/" + digest)
          .header("Range", "bytes=0-9")
          .header("If-Range", "\"" + UNKNOWN + "\"")
          .send()
          .expect(200);
    }

    @Test
    void hasNoPartOfAnEmptyBlob() {
      Digest empty = repository.pushBlob(new byte[0]);
      repository.getBlob(empty, "bytes=0-").expectError(416, "SIZE_INVALID");
    }

    private String part(int from, int to) {
      return "Content-Range: bytes "
          + from
          + "-"
          + (to - 1)
          + "/"
          + SIZE
          + "\r\n\r\n"
          + new String(Arrays.copyOfRange(content, from, to), StandardCharsets.ISO_8859_1)
          + "\r\n--";
    }
  }

  @Nested
  class CheckingIfContentExists {

    @Test
    void describesManifestByTagAndDigestWithoutItsBytes() {
      ManifestBuilder image = repository.newImage();
      repository.pushManifest("v1", image);
      for (Object reference : new Object[] {"v1", image.digest()}) {
        Answer answer = repository.headManifest(reference).expect(200);
        answer
            .expectHeader("Docker-Content-Digest", image.digest())
            .expectHeader("Content-Type", ManifestBuilder.OCI_MANIFEST)
            .expectHeader("Content-Length", image.bytes().length);
        assertThat(answer.bytes()).isEmpty();
      }
    }

    @Test
    void describesBlobWithoutItsBytes() {
      byte[] content = Blobs.random(12_345);
      Digest digest = repository.pushBlob(content);
      Answer answer = repository.headBlob(digest).expect(200);
      answer
          .expectHeader("Docker-Content-Digest", digest)
          .expectHeader("Content-Length", content.length);
      assertThat(answer.bytes()).isEmpty();
    }

    @Test
    void answersNotFoundForWhatIsNotThere() {
      repository.headManifest("v1").expect(404);
      repository.headBlob(UNKNOWN).expect(404);
      repository.pushImage("v1");
      repository.headManifest("v2").expect(404);
      repository.headManifest(UNKNOWN).expect(404);
      repository.headBlob(UNKNOWN).expect(404);
    }
  }
}
