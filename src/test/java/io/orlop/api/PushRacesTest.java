package io.orlop.api;

import static io.orlop.api.AtOnce.delete;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.api.AtOnce.Deed;
import io.orlop.oci.Digest;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens when a push meets a deletion. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class PushRacesTest {
  private static final int ROUNDS = 6;

  @Inject TestRegistry registry;
  private RegistryClient admin;
  private TestRegistry.NewProject project;

  @BeforeEach
  void makeProject() {
    admin = registry.as(registry.administrator());
    project = registry.newPrivateProject();
  }

  @Test
  void aPushThatMeetsTheDeletionOfItsRepositoryIsWholeOrRefused() {
    for (int round = 0; round < ROUNDS; round++) {
      RepositoryClient repository = admin.repository(project.name() + "/app");
      repository.pushImage("first");
      ManifestBuilder image = repository.newImage();

      List<Integer> answers =
          AtOnce.<Integer>all(
              List.of(
                  () -> repository.putManifest("second", image).status(),
                  () ->
                      delete("/projects/" + project.name() + "/repositories/app")
                          .send(admin)
                          .status()));

      assertThat(answers.get(0)).isIn(201, 400, 404);
      assertThat(answers.get(1)).isEqualTo(200);
      Answer found = repository.getManifest("second");
      assertThat(found.status()).isIn(200, 404);
      if (found.status() == 200) {
        assertThat(answers.get(0)).isEqualTo(201);
        expectWhole(repository, found);
      }
      delete("/projects/" + project.name() + "/repositories/app").send(admin);
      assertThat(used()).as("bytes of nothing").isZero();
    }
  }

  @Test
  void aPushOfAnArtifactThatIsDeletedMeanwhileIsWholeOrGone() {
    RepositoryClient repository = admin.repository(project.name() + "/app");
    ManifestBuilder image = repository.newImage();
    for (int round = 0; round < ROUNDS; round++) {
      repository.pushManifest("v1", image);
      Digest digest = image.digest();

      List<Integer> answers =
          AtOnce.<Integer>all(
              List.of(
                  () -> repository.putManifest("v1", image).status(),
                  () -> repository.deleteManifest(digest).status()));

      assertThat(answers.get(0)).isEqualTo(201);
      assertThat(answers.get(1)).isIn(202, 404);
      Answer byTag = repository.getManifest("v1");
      assertThat(byTag.status()).isEqualTo(repository.getManifest(digest).status()).isIn(200, 404);
      if (byTag.status() == 200) {
        expectWhole(repository, byTag);
      }
    }
  }

  @Test
  void aRepositoryThatArrivesKeepsItsProjectOrIsRefusedWithIt() {
    for (int round = 0; round < ROUNDS; round++) {
      TestRegistry.NewProject doomed = registry.newPrivateProject();
      RepositoryClient repository = admin.repository(doomed.name() + "/app");

      List<Integer> answers =
          AtOnce.<Integer>all(
              List.of(
                  () -> repository.beginUpload("").status(),
                  () -> delete("/projects/" + doomed.name()).send(admin).status()));

      assertThat(answers.get(0)).isIn(202, 404);
      assertThat(answers.get(1)).isEqualTo(200);
      assertThat(repository.beginUpload("").status()).isEqualTo(404);
    }
  }

  private static void expectWhole(RepositoryClient repository, Answer manifest) {
    JsonNode document = manifest.json();
    repository.getBlob(Digest.parse(document.path("config").path("digest").asText())).expect(200);
    document
        .path("layers")
        .forEach(
            layer -> repository.getBlob(Digest.parse(layer.path("digest").asText())).expect(200));
  }

  private long used() {
    return new Deed("GET", "/quotas?reference=project&reference_id=" + project.id(), "")
        .send(admin)
        .json()
        .path(0)
        .path("used")
        .path("storage")
        .asLong();
  }
}
