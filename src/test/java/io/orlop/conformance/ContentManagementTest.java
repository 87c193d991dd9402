package io.orlop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.Role;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Requirements: Content Management. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ContentManagementTest {
  @Inject TestRegistry registry;
  private RepositoryClient repository;

  @BeforeEach
  void openRepository() {
    repository = registry.newRepository();
  }

  @Nested
  class DeletingTags {

    @Test
    void removesTheTagAndLeavesTheManifest() {
      ManifestBuilder image = repository.newImage();
      repository.putManifest("v1?tag=v2", image).expect(201);
      repository.deleteManifest("v1").expect(202);
      repository.getManifest("v1").expectError(404, "MANIFEST_UNKNOWN");
      repository.getManifest("v2").expect(200);
      repository.getManifest(image.digest()).expect(200);
    }

    @Test
    void answersNotFoundForWhatIsNotThere() {
      repository.deleteManifest("v1").expectError(404, "NAME_UNKNOWN");
      repository.pushImage("v1");
      repository.deleteManifest("v2").expectError(404, "MANIFEST_UNKNOWN");
    }
  }

  @Nested
  class DeletingManifests {

    @Test
    void removesTheManifestAndAllItsTags() {
      ManifestBuilder image = repository.newImage();
      repository.putManifest("v1?tag=v2", image).expect(201);
      repository.deleteManifest(image.digest()).expect(202);
      repository.getManifest(image.digest()).expectError(404, "MANIFEST_UNKNOWN");
      repository.getManifest("v1").expectError(404, "MANIFEST_UNKNOWN");
      assertThat(repository.tags("").expect(200).texts("tags")).isEmpty();
    }

    @Test
    void answersNotFoundForWhatIsNotThere() {
      Digest unknown = Digest.of(Blobs.random(10));
      repository.deleteManifest(unknown).expectError(404, "NAME_UNKNOWN");
      repository.pushImage("v1");
      repository.deleteManifest(unknown).expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void keepsManifestThatAnIndexNamesUntilTheIndexIsGone() {
      ManifestBuilder image = repository.newImage();
      repository.pushManifest("v1", image);
      ManifestBuilder index = ManifestBuilder.index().child(image);
      repository.pushManifest("all", index);

      repository.deleteManifest(image.digest()).expectError(412, "UNSUPPORTED");
      repository.getManifest(image.digest()).expect(200);
      repository.deleteManifest(index.digest()).expect(202);
      repository.deleteManifest(image.digest()).expect(202);
    }

    @Test
    void removesSubjectAndLeavesItsReferrers() {
      ManifestBuilder subject = repository.newImage();
      repository.pushManifest("v1", subject);
      ManifestBuilder referrer = repository.newImage().subject(subject);
      repository.putManifest(referrer.digest(), referrer).expect(201);
      repository.deleteManifest(subject.digest()).expect(202);
      repository.getManifest(referrer.digest()).expect(200);
      assertThat(repository.referrers(subject.digest(), "").json().path("manifests")).hasSize(1);
    }

    @Test
    void takesTheSameManifestAgainAfterwards() {
      ManifestBuilder image = repository.newImage();
      repository.pushManifest("v1", image);
      repository.deleteManifest(image.digest()).expect(202);
      repository.pushManifest("v1", image);
      repository.getManifest("v1").expect(200);
    }

    @Test
    void leavesTheSameManifestOfAnotherRepository() {
      RepositoryClient other = registry.newRepository();
      ManifestBuilder empty = ManifestBuilder.index().annotation("name", other.name());
      repository.pushManifest("v1", empty);
      other.pushManifest("v1", empty);
      repository.deleteManifest(empty.digest()).expect(202);
      other.getManifest("v1").expect(200);
    }
  }

  @Nested
  class DeletingBlobs {

    @Test
    void removesTheBlobFromThisRepositoryAlone() {
      RepositoryClient other = registry.newRepository();
      byte[] content = Blobs.random(10);
      Digest digest = repository.pushBlob(content);
      other.pushBlob(content);
      repository.deleteBlob(digest).expect(202);
      repository.getBlob(digest).expectError(404, "BLOB_UNKNOWN");
      repository.headBlob(digest).expect(404);
      assertThat(other.getBlob(digest).expect(200).bytes()).isEqualTo(content);
      repository.getBlob(digest).expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    void takesTheSameBlobAgainAfterwards() {
      byte[] content = Blobs.random(10);
      Digest digest = repository.pushBlob(content);
      repository.deleteBlob(digest).expect(202);
      repository.pushBlob(content);
      repository.getBlob(digest).expect(200);
    }

    @Test
    void answersNotFoundForWhatIsNotThere() {
      Digest unknown = Digest.of(Blobs.random(10));
      repository.deleteBlob(unknown).expectError(404, "NAME_UNKNOWN");
      repository.pushBlob(Blobs.random(10));
      repository.deleteBlob(unknown).expectError(404, "BLOB_UNKNOWN");
    }

    @Test
    void keepsBlobThatAManifestNames() {
      byte[] layer = Blobs.random(10);
      repository.pushBlob(layer);
      Digest image = repository.pushManifest("v1", repository.newImage().layer(layer));
      repository.deleteBlob(Digest.of(layer)).expectError(405, "UNSUPPORTED");
      repository.getBlob(Digest.of(layer)).expect(200);

      repository.deleteManifest(image).expect(202);
      repository.deleteBlob(Digest.of(layer)).expect(202);
    }

    @Test
    void needsTheRightToDelete() {
      TestRegistry.NewProject project = registry.newPrivateProject();
      RepositoryClient developer =
          registry
              .as(registry.newMember(project, Role.DEVELOPER))
              .repository(project.name() + "/app");
      Digest blob = developer.pushBlob(Blobs.random(10));
      Digest image = developer.pushImage("v1");
      developer.deleteBlob(blob).expectError(403, "DENIED");
      developer.deleteManifest(image).expectError(403, "DENIED");
      developer.deleteManifest("v1").expectError(403, "DENIED");
    }
  }
}
