package io.orlop.conformance;

import static io.orlop.testsupport.ManifestBuilder.DOCKER_MANIFEST;
import static io.orlop.testsupport.ManifestBuilder.OCI_MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements: Push, of manifests. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class PushManifestsTest {
  private static final int LIMIT = 4 * 1024 * 1024;

  @Inject TestRegistry registry;
  private RepositoryClient repository;

  @BeforeEach
  void openRepository() {
    repository = registry.newRepository();
  }

  private void expectStored(Answer created, byte[] manifest) {
    created.expect(201).expectHeader("Docker-Content-Digest", Digest.of(manifest));
    Answer pulled = repository.registry().request("GET", created.location()).send().expect(200);
    assertThat(pulled.bytes()).isEqualTo(manifest);
  }

  @Nested
  class PushingManifests {

    @Test
    void storesManifestByTag() {
      ManifestBuilder image = repository.newImage();
      expectStored(repository.putManifest("v1", image), image.bytes());
      repository
          .headManifest("v1")
          .expect(200)
          .expectHeader("Docker-Content-Digest", image.digest());
    }

    @Test
    void storesManifestByDigestWithoutTag() {
      ManifestBuilder image = repository.newImage();
      expectStored(repository.putManifest(image.digest(), image), image.bytes());
      assertThat(repository.tags("").expect(200).texts("tags")).isEmpty();
    }

    @Test
    void keepsTheBytesExactly() {
      ManifestBuilder image = repository.newImage();
      byte[] odd =
          ("\r\n { \"unknown\" : [1e400, \"\\u00e4\"],\t"
                  + image.text().substring(1).replace("\":", "\"  :\n ")
                  + " \n\n")
              .getBytes(StandardCharsets.UTF_8);
      expectStored(repository.putManifest("v1", OCI_MANIFEST, odd), odd);
      assertThat(repository.getManifest("v1").expect(200).bytes()).isEqualTo(odd);
    }

    @Test
    void takesTheSameManifestAgain() {
      ManifestBuilder image = repository.newImage();
      repository.putManifest("v1", image).expect(201);
      expectStored(repository.putManifest("v1", image), image.bytes());
    }

    @Test
    void takesBodyOfUnsaidLength() {
      ManifestBuilder image = repository.newImage();
      Answer created =
          repository
              .request("PUT", "/manifests/v1")
              .header("Content-Type", OCI_MANIFEST)
              .streamed(image.bytes())
              .send();
      expectStored(created, image.bytes());
    }

    @Test
    void movesTheTagAndLeavesTheOlderManifest() {
      Digest older = repository.pushImage("v1");
      Digest newer = repository.pushImage("v1");
      repository.headManifest("v1").expect(200).expectHeader("Docker-Content-Digest", newer);
      repository.headManifest(older).expect(200);
    }

    @Test
    void refusesOtherBytesThanTheDigestSays() {
      ManifestBuilder image = repository.newImage();
      Digest other = Digest.of(Blobs.random(10));
      repository.putManifest(other, image).expectError(400, "DIGEST_INVALID");
      repository.headManifest(other).expect(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {".hidden", "-dash", "a%20b"})
    void refusesTagsThatTheGrammarDoesNotKnow(String tag) {
      repository.putManifest(tag, repository.newImage()).expectError(400, "NAME_INVALID");
    }

    @Test
    void ignoresParametersOfTheContentType() {
      ManifestBuilder image = repository.newImage();
      repository.putManifest("v1", OCI_MANIFEST + "; charset=utf-8", image.bytes()).expect(201);
      repository.headManifest("v1").expect(200).expectHeader("Content-Type", OCI_MANIFEST);
    }

    @Test
    void refusesContentTypeOtherThanTheMediaType() {
      repository
          .putManifest("v1", DOCKER_MANIFEST, repository.newImage().bytes())
          .expectError(400, "MANIFEST_INVALID");
    }

    @Test
    void takesTheContentTypeWhereTheBodyHasNoMediaType() {
      ManifestBuilder image = repository.newImage().without("mediaType");
      repository.putManifest("v1", image).expect(201);
      repository.headManifest("v1").expect(200).expectHeader("Content-Type", OCI_MANIFEST);
    }

    @Test
    void takesTheMediaTypeWhereTheRequestHasNoContentType() {
      ManifestBuilder image = repository.newImage();
      repository.request("PUT", "/manifests/v1").body(image.bytes()).send().expect(201);
      repository.headManifest("v1").expect(200).expectHeader("Content-Type", OCI_MANIFEST);
    }
  }

  @Nested
  class Limits {

    @Test
    void takesManifestOf4Mebibytes() {
      byte[] body = repository.newImage().paddedTo(LIMIT);
      expectStored(repository.putManifest("v1", OCI_MANIFEST, body), body);
    }

    @Test
    void refusesLargerOnes() {
      byte[] body = repository.newImage().paddedTo(LIMIT + 1);
      repository.putManifest("v1", OCI_MANIFEST, body).expectError(413, "MANIFEST_INVALID");
      repository
          .request("PUT", "/manifests/v1")
          .header("Content-Type", OCI_MANIFEST)
          .streamed(body)
          .send()
          .expectError(413, "MANIFEST_INVALID");
    }
  }

  @Nested
  class SeveralTagsAtOnce {

    @Test
    void pointsAllOfThemToTheManifest() {
      ManifestBuilder image = repository.newImage();
      List<String> tags = IntStream.range(0, 25).mapToObj(number -> "1." + number).toList();
      String query = tags.stream().map(tag -> "tag=" + tag).collect(Collectors.joining("&"));

      Answer created = repository.putManifest(image.digest() + "?" + query, image).expect(201);
      assertThat(String.join(", ", created.headers("OCI-Tag")).split(", ", -1))
          .containsExactlyInAnyOrderElementsOf(tags);
      tags.forEach(tag ->
          repository
              .headManifest(tag)
              .expect(200)
              .expectHeader("Docker-Content-Digest", image.digest()));
    }

    @Test
    void countsTheTagOfThePathAmongThem() {
      ManifestBuilder image = repository.newImage();
      Answer created = repository.putManifest("a?tag=b&tag=a", image).expect(201);
      assertThat(String.join(", ", created.headers("OCI-Tag")).split(", ", -1))
          .containsExactlyInAnyOrder("a", "b");
      repository.headManifest("b").expect(200);
    }

    @Test
    void takesAllOrNone() {
      ManifestBuilder image = repository.newImage();
      repository
          .putManifest(image.digest() + "?tag=fine&tag=.wrong", image)
          .expectError(400, "NAME_INVALID");
      repository.headManifest("fine").expect(404);
      repository.headManifest(image.digest()).expect(404);
    }
  }

  @Nested
  class PushingManifestsWithSubject {

    @Test
    void confirmsTheSubjectOfImageAndIndex() {
      ManifestBuilder subject = repository.newImage();
      repository.pushManifest("v1", subject);
      ManifestBuilder image = repository.newImage().subject(subject);
      repository
          .putManifest(image.digest(), image)
          .expect(201)
          .expectHeader("OCI-Subject", subject.digest());
      ManifestBuilder index = ManifestBuilder.index().subject(subject);
      repository
          .putManifest(index.digest(), index)
          .expect(201)
          .expectHeader("OCI-Subject", subject.digest());
    }

    @Test
    void confirmsNothingWithoutSubject() {
      assertThat(
              repository.putManifest("v1", repository.newImage()).expect(201).header("OCI-Subject"))
          .isEmpty();
    }

    @Test
    void confirmsSubjectThatIsNotThereYet() {
      ManifestBuilder later = repository.newImage();
      ManifestBuilder image = repository.newImage().subject(later);
      repository
          .putManifest(image.digest(), image)
          .expect(201)
          .expectHeader("OCI-Subject", later.digest());
      repository.pushManifest("later", later);
      assertThat(repository.referrers(later.digest(), "").json().path("manifests")).hasSize(1);
    }
  }
}
