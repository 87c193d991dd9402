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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements: Push, of manifests: what may be in them. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ManifestContentTest {
  @Inject TestRegistry registry;
  private RepositoryClient repository;

  @BeforeEach
  void openRepository() {
    repository = registry.newRepository();
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
}
