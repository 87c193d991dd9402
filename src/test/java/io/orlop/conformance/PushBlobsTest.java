package io.orlop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.Role;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements: Push, of blobs. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class PushBlobsTest {
  private static final byte[] NOTHING = {};

  @Inject TestRegistry registry;
  private RepositoryClient repository;
  private byte[] content;
  private Digest digest;

  @BeforeEach
  void openRepository() {
    repository = registry.newRepository();
    content = Blobs.random(100_000);
    digest = Digest.of(content);
  }

  private void expectStored(Answer created, Digest stored) {
    created.expect(201).expectHeader("Docker-Content-Digest", stored);
    Answer pulled = repository.registry().request("GET", created.location()).send().expect(200);
    assertThat(pulled.bytes()).isEqualTo(content);
  }

  private byte[] part(int from, int to) {
    return Arrays.copyOfRange(content, from, to);
  }

  @Nested
  class PostThenPut {

    @Test
    void givesASessionAndTakesTheBlobThere() {
      Answer begun = repository.beginUpload("").expect(202).expectHeader("Range", "0-0");
      String id = begun.header("Docker-Upload-UUID").orElseThrow();
      assertThat(UUID.fromString(id)).hasToString(id);
      assertThat(begun.location().getPath()).endsWith(id);

      expectStored(repository.finish(begun.location(), digest, content), digest);
    }

    @Test
    void takesBodyOfUnsaidLength() {
      URI upload = RepositoryClient.withQuery(repository.openUpload(), "digest=" + digest);
      expectStored(repository.registry().request("PUT", upload).streamed(content).send(), digest);
    }

    @Test
    void takesDigestWithEscapedColon() {
      URI upload =
          RepositoryClient.withQuery(
              repository.openUpload(), "digest=" + digest.toString().replace(":", "%3A"));
      expectStored(repository.registry().request("PUT", upload).body(content).send(), digest);
    }

    @Test
    void takesBlobThatIsThereAlready() {
      repository.pushBlob(content);
      expectStored(repository.finish(repository.openUpload(), digest, content), digest);
    }

    @Test
    void startsUploadWithoutSlashAtTheEnd() {
      repository.request("POST", "/blobs/uploads").send().expect(202);
    }

    @Test
    void startsUploadWhateverTheContentType() {
      repository
          .request("POST", "/blobs/uploads/")
          .header("Content-Type", "application/x-www-form-urlencoded")
          .send()
          .expect(202);
    }

    @Test
    void refusesOtherBytesThanAnnounced() {
      URI upload = repository.openUpload();
      repository.finish(upload, digest, Blobs.random(100)).expectError(400, "DIGEST_INVALID");
      repository.headBlob(digest).expect(404);
    }

    @Test
    void refusesToEndWithoutDigest() {
      repository
          .registry()
          .request("PUT", repository.openUpload())
          .body(content)
          .send()
          .expectError(400, "DIGEST_INVALID");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "sha256", "sha256:abc", "md5:d41d8cd98f00b204e9800998ecf8427e", "a:b"})
    void refusesInvalidOrUnsupportedDigest(String wrong) {
      repository.finish(repository.openUpload(), wrong, content).expectError(400, "DIGEST_INVALID");
    }
  }

  @Nested
  class SinglePost {

    @Test
    void takesTheBlobAtOnce() {
      expectStored(repository.post(digest, content), digest);
    }

    @Test
    void takesBodyOfUnsaidLength() {
      expectStored(
          repository.request("POST", "/blobs/uploads/?digest=" + digest).streamed(content).send(),
          digest);
    }

    @Test
    void takesBlobOfAnotherAlgorithm() {
      Digest sha512 = Digest.of(DigestAlgorithm.SHA512, content);
      expectStored(repository.post(sha512, content), sha512);
    }

    @Test
    void refusesOtherBytesThanAnnounced() {
      repository.post(digest, Blobs.random(100)).expectError(400, "DIGEST_INVALID");
      repository.headBlob(digest).expect(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha256:abc", "md5:d41d8cd98f00b204e9800998ecf8427e"})
    void refusesInvalidOrUnsupportedDigest(String wrong) {
      repository
          .request("POST", "/blobs/uploads/?digest=" + wrong)
          .body(content)
          .send()
          .expectError(400, "DIGEST_INVALID");
    }
  }

  @Nested
  class InChunks {

    @Test
    void takesChunksInOrderAndIsEndedWithoutABody() {
      URI upload = repository.openUpload();
      Answer first = repository.patch(upload, 0, part(0, 40_000)).expect(202);
      first.expectHeader("Range", "0-39999");
      Answer second = repository.patch(first.location(), 40_000, part(40_000, 100_000)).expect(202);
      second.expectHeader("Range", "0-99999");
      expectStored(repository.finish(second.location(), digest, NOTHING), digest);
    }

    @Test
    void takesTheLastChunkWithTheEnd() {
      URI upload = repository.openUpload();
      URI next = repository.patch(upload, 0, part(0, 99_999)).expect(202).location();
      Answer created =
          repository
              .registry()
              .request("PUT", RepositoryClient.withQuery(next, "digest=" + digest))
              .header("Content-Range", "99999-99999")
              .body(part(99_999, 100_000))
              .send();
      expectStored(created, digest);
    }

    @Test
    void refusesFirstChunkThatDoesNotBeginAtZero() {
      repository
          .patch(repository.openUpload(), 1, part(1, 10))
          .expectError(416, "BLOB_UPLOAD_INVALID");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 11, 50_000})
    void refusesChunkOutOfOrderAndTellsWhereToGoOn(int offset) {
      URI upload = repository.openUpload();
      repository.patch(upload, 0, part(0, 10)).expect(202);
      repository
          .patch(upload, offset, part(offset, offset + 10))
          .expectError(416, "BLOB_UPLOAD_INVALID");

      Answer status = repository.status(upload).expect(204).expectHeader("Range", "0-9");
      repository.patch(status.location(), 10, part(10, 100_000)).expect(202);
      expectStored(repository.finish(upload, digest, NOTHING), digest);
    }

    @Test
    void refusesLastChunkOutOfOrder() {
      URI upload = repository.openUpload();
      repository.patch(upload, 0, part(0, 10)).expect(202);
      repository
          .registry()
          .request("PUT", RepositoryClient.withQuery(upload, "digest=" + digest))
          .header("Content-Range", "11-99999")
          .body(part(11, 100_000))
          .send()
          .expectError(416, "BLOB_UPLOAD_INVALID");
      repository.status(upload).expect(204).expectHeader("Range", "0-9");
    }

    @Test
    void refusesChunkOfOtherLengthThanItsRange() {
      URI upload = repository.openUpload();
      repository
          .registry()
          .request("PATCH", upload)
          .header("Content-Range", "0-99")
          .body(part(0, 50))
          .send()
          .expectError(400, "SIZE_INVALID");
    }

    @Test
    void refusesToEndWithTheDigestOfTheLastChunk() {
      URI upload = repository.openUpload();
      repository.patch(upload, 0, part(0, 10)).expect(202);
      byte[] rest = part(10, 100);
      repository.finish(upload, Digest.of(rest), rest).expectError(400, "DIGEST_INVALID");
    }
  }

  /** One PATCH without any range, as Docker sends it. */
  @Nested
  class Streamed {

    @Test
    void takesBodyOfUnsaidLengthAndTellsHowMuchCame() {
      Answer taken = repository.stream(repository.openUpload(), content).expect(202);
      taken.expectHeader("Range", "0-99999");
      expectStored(repository.finish(taken.location(), digest, NOTHING), digest);
    }

    @Test
    void takesSeveralStreamsOneAfterTheOther() {
      URI upload = repository.openUpload();
      repository.stream(upload, part(0, 7)).expect(202).expectHeader("Range", "0-6");
      repository.stream(upload, part(7, 100_000)).expect(202).expectHeader("Range", "0-99999");
      expectStored(repository.finish(upload, digest, NOTHING), digest);
    }

    @Test
    void refusesAnotherDigestAndDropsTheUpload() {
      URI upload = repository.openUpload();
      repository.stream(upload, content).expect(202);
      repository.finish(upload, Digest.of(NOTHING), NOTHING).expectError(400, "DIGEST_INVALID");
      repository.status(upload).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void takesTheEndAgainWhenItsAnswerWasLost() {
      URI upload = repository.openUpload();
      repository.stream(upload, content).expect(202);
      expectStored(repository.finish(upload, digest, NOTHING), digest);
      expectStored(repository.finish(upload, digest, NOTHING), digest);

      Digest other = Digest.of(Blobs.random(10));
      repository.finish(upload, other, NOTHING).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void takesAnEmptyStream() {
      URI upload = repository.openUpload();
      repository.stream(upload, NOTHING).expect(202).expectHeader("Range", "0-0");
      content = NOTHING;
      expectStored(repository.finish(upload, Digest.of(NOTHING), NOTHING), Digest.of(NOTHING));
    }
  }

  @Nested
  class Status {

    @Test
    void tellsWhereAnUploadStands() {
      URI upload = repository.openUpload();
      repository.status(upload).expect(204).expectHeader("Range", "0-0");
      repository.patch(upload, 0, part(0, 1)).expect(202);
      repository.patch(upload, 1, part(1, 500)).expect(202);
      Answer status = repository.status(upload).expect(204).expectHeader("Range", "0-499");
      assertThat(status.location()).isEqualTo(upload);
      assertThat(status.header("Docker-Upload-UUID")).isPresent();
    }

    @Test
    void knowsNoUploadThatHasEnded() {
      URI upload = repository.openUpload();
      repository.finish(upload, digest, content).expect(201);
      repository.status(upload).expectError(404, "BLOB_UPLOAD_UNKNOWN");
      repository.patch(upload, 0, content).expectError(404, "BLOB_UPLOAD_UNKNOWN");
      repository.finish(upload, digest, content).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "nonsense", "1-1-1-1-1"})
    void knowsNoUploadThatNeverBegan(String id) {
      repository
          .request("GET", "/blobs/uploads/" + id)
          .send()
          .expectError(404, "BLOB_UPLOAD_UNKNOWN");
      repository
          .request("DELETE", "/blobs/uploads/" + id)
          .send()
          .expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }
  }

  @Nested
  class Cancel {

    @Test
    void dropsTheUpload() {
      URI upload = repository.openUpload();
      repository.patch(upload, 0, part(0, 10)).expect(202);
      repository.cancel(upload).expect(204);
      repository.status(upload).expectError(404, "BLOB_UPLOAD_UNKNOWN");
      repository.cancel(upload).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void needsNoMoreThanTheRightToPush() {
      TestRegistry.NewProject project = registry.newPrivateProject();
      Account developer = registry.newMember(project, Role.DEVELOPER);
      RepositoryClient pushed = registry.as(developer).repository(project.name() + "/app");
      pushed.cancel(pushed.openUpload()).expect(204);
    }
  }

  @Nested
  class OtherDigestAlgorithms {

    @Test
    void takesChunksOfAnAlgorithmThatIsNamedAtTheStart() {
      Digest sha512 = Digest.of(DigestAlgorithm.SHA512, content);
      URI upload = repository.beginUpload("?digest-algorithm=sha512").expect(202).location();
      repository.patch(upload, 0, part(0, 10)).expect(202);
      repository.patch(upload, 10, part(10, 100_000)).expect(202);
      expectStored(repository.finish(upload, sha512, NOTHING), sha512);
    }

    @Test
    void takesChunksOfAnAlgorithmThatIsNamedAtTheEnd() {
      Digest sha512 = Digest.of(DigestAlgorithm.SHA512, content);
      URI upload = repository.stream(repository.openUpload(), content).expect(202).location();
      expectStored(repository.finish(upload, sha512, NOTHING), sha512);
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5", "SHA256", "sha3-256"})
    void refusesAlgorithmsThatItDoesNotSupport(String algorithm) {
      repository.beginUpload("?digest-algorithm=" + algorithm).expectError(400, "DIGEST_INVALID");
    }

    @Test
    void refusesOtherBytesThanAnnounced() {
      Digest sha512 = Digest.of(DigestAlgorithm.SHA512, content);
      URI upload = repository.beginUpload("?digest-algorithm=sha512").expect(202).location();
      repository.finish(upload, sha512, part(1, 100)).expectError(400, "DIGEST_INVALID");
    }
  }
}
