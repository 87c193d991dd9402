package io.orlop.conformance;

import static io.orlop.testsupport.ManifestBuilder.DOCKER_LIST;
import static io.orlop.testsupport.ManifestBuilder.DOCKER_MANIFEST;
import static io.orlop.testsupport.ManifestBuilder.OCI_ARTIFACT;
import static io.orlop.testsupport.ManifestBuilder.OCI_EMPTY;
import static io.orlop.testsupport.ManifestBuilder.OCI_INDEX;
import static io.orlop.testsupport.ManifestBuilder.OCI_LAYER;
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

  /** What a manifest names has to be in its repository before it. */
  @Nested
  class NamedContent {

    @Test
    void refusesUnknownBlobsWithOneErrorForEach() {
      ManifestBuilder image =
          ManifestBuilder.image()
              .config(Blobs.config())
              .layer(Blobs.random(9))
              .layer(Blobs.random(8));
      repository
          .putManifest("v1", image)
          .expectError(
              400, "MANIFEST_BLOB_UNKNOWN", "MANIFEST_BLOB_UNKNOWN", "MANIFEST_BLOB_UNKNOWN");
      repository.headManifest("v1").expect(404);
    }

    @Test
    void refusesBlobThatOnlyAnotherRepositoryHas() {
      byte[] layer = Blobs.random(10);
      registry.newRepository().pushBlob(layer);
      repository
          .putManifest("v1", repository.newImage().layer(layer))
          .expectError(400, "MANIFEST_BLOB_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "application/vnd.oci.image.layer.nondistributable.v1.tar",
          "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
          "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
          "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
        })
    void needsNoLayerThatMayNotBeDistributed(String mediaType) {
      repository.pushManifest("v1", repository.newImage().layer(mediaType, Blobs.random(10)));
    }

    @Test
    void needsNoLayersAtAll() {
      byte[] config = Blobs.config();
      repository.pushBlob(config);
      repository.pushManifest("v1", ManifestBuilder.image().config(config));
    }

    @Test
    void needsNoChildOfAnIndex() {
      ManifestBuilder sparse =
          ManifestBuilder.index().child(ManifestBuilder.image().config(Blobs.config()));
      repository.pushManifest("sparse", sparse);
      repository.getManifest("sparse").expect(200);
    }

    @Test
    void needsNoSubject() {
      ManifestBuilder missing = ManifestBuilder.image().config(Blobs.config());
      repository.pushManifest("v1", repository.newImage().subject(missing));
    }
  }

  @Nested
  class KindsOfManifests {

    @Test
    void takesDockerManifestAndList() {
      byte[] config = Blobs.config();
      repository.pushBlob(config);
      ManifestBuilder manifest =
          ManifestBuilder.of(DOCKER_MANIFEST)
              .config("application/vnd.docker.container.image.v1+json", config)
              .layer("application/vnd.docker.image.rootfs.diff.tar.gzip", config);
      repository.pushManifest("docker", manifest);
      repository.pushManifest("list", ManifestBuilder.of(DOCKER_LIST).child(manifest));
      repository.headManifest("docker").expectHeader("Content-Type", DOCKER_MANIFEST);
      repository.headManifest("list").expectHeader("Content-Type", DOCKER_LIST);
    }

    @Test
    void takesIndexOfIndexes() {
      ManifestBuilder image = repository.newImage();
      repository.putManifest(image.digest(), image).expect(201);
      ManifestBuilder inner = ManifestBuilder.index().child(image);
      repository.putManifest(inner.digest(), inner).expect(201);
      repository.pushManifest("outer", ManifestBuilder.index().child(inner).child(image));
      repository.headManifest("outer").expect(200).expectHeader("Content-Type", OCI_INDEX);
    }

    @Test
    void takesIndexWhoseEntriesAreLayersAsBuildKitWritesItsCache() {
      byte[] layer = Blobs.random(10);
      byte[] config = "{\"layers\":[]}".getBytes(StandardCharsets.UTF_8);
      repository.pushBlob(layer);
      repository.pushBlob(config);
      ManifestBuilder cache =
          ManifestBuilder.index()
              .entry("manifests", OCI_LAYER, Digest.of(layer), layer.length)
              .entry(
                  "manifests",
                  "application/vnd.buildkit.cacheconfig.v0",
                  Digest.of(config),
                  config.length);
      repository.pushManifest("cache", cache);
      repository.deleteBlob(Digest.of(layer)).expectError(405, "UNSUPPORTED");
    }

    @Test
    void takesEmptyIndex() {
      repository.pushManifest("empty", ManifestBuilder.index());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "application/vnd.cncf.helm.config.v1+json",
          "application/vnd.wasm.config.v0+json",
          "application/vnd.buildkit.cacheconfig.v0",
          "application/vnd.example.never.heard.of.it",
        })
    void takesArtifactsOfAnyType(String configType) {
      byte[] config = Blobs.config();
      repository.pushBlob(config);
      repository.pushManifest(
          "artifact",
          ManifestBuilder.image().config(configType, config).layer("text/x-anything", config));
    }

    @Test
    void takesArtifactWithEmptyConfig() {
      byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
      repository.pushBlob(empty);
      repository.pushManifest(
          "artifact",
          ManifestBuilder.image()
              .config(OCI_EMPTY, empty)
              .layer(OCI_EMPTY, empty)
              .artifactType("application/vnd.example.sbom"));
    }

    @Test
    void takesTheWithdrawnArtifactManifest() {
      byte[] blob = Blobs.random(5);
      repository.pushBlob(blob);
      repository.pushManifest(
          "artifact",
          ManifestBuilder.of(OCI_ARTIFACT)
              .without("schemaVersion")
              .artifactType("application/vnd.example.sbom")
              .entry("blobs", "text/plain", Digest.of(blob), blob.length));
    }

    @Test
    void refusesDocumentThatIsImageAndIndexAtOnce() {
      ManifestBuilder both = repository.newImage();
      both.child(repository.newImage());
      repository.putManifest("v1", both).expectError(400, "MANIFEST_INVALID");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "application/vnd.docker.distribution.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v1+prettyjws",
        })
    void refusesSchema1AndSaysWhatToDo(String mediaType) {
      byte[] old =
          "{\"schemaVersion\":1,\"name\":\"a/b\",\"tag\":\"v1\",\"fsLayers\":[],\"history\":[]}"
              .getBytes(StandardCharsets.UTF_8);
      Answer answer =
          repository.putManifest("v1", mediaType, old).expectError(400, "MANIFEST_INVALID");
      assertThat(answer.text()).contains("schema 1", "current client");
      repository.putManifest("v1", "application/json", old).expectError(400, "MANIFEST_INVALID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "not json", "{\"schemaVersion\":3}"})
    void refusesWhatIsNoManifest(String body) {
      repository
          .putManifest("v1", OCI_MANIFEST, body.getBytes(StandardCharsets.UTF_8))
          .expectError(400, "MANIFEST_INVALID");
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
