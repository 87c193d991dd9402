package io.orlop.catalog.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.ApiClient;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Artifacts that a version without the artifact model took in. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class UnseenArtifactsTest {
  @Inject TestRegistry registry;
  @Inject UnseenArtifacts unseen;
  @Inject Database database;

  @Test
  void areLookedAtLater() {
    RepositoryClient repository = registry.newRepository();
    ManifestBuilder child = repository.newImage();
    repository.pushManifest("child", child);
    repository.pushManifest("index", ManifestBuilder.index().child(child));
    String project = repository.name().substring(0, repository.name().indexOf('/'));
    ApiClient api = ApiClient.of(registry.as(registry.maintainer()));
    String artifacts = "/projects/" + project + "/repositories/app/artifacts/";
    JsonNode image = api.get(artifacts + "child").expect(200).json();
    JsonNode index = api.get(artifacts + "index").expect(200).json();

    database.update(
        """
        UPDATE artifact SET type = NULL, total_size = NULL, config_digest = NULL,
               child_list = NULL, extra_attrs = NULL
         WHERE repository_id = (SELECT id FROM repository WHERE name = ?)
        """,
        repository.name());
    unseen.run();

    assertThat(api.get(artifacts + "child").expect(200).json()).isEqualTo(image);
    assertThat(api.get(artifacts + "index").expect(200).json()).isEqualTo(index);
  }
}
