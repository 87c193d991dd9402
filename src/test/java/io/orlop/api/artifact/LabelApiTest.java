package io.orlop.api.artifact;

import static io.orlop.testsupport.ApiClient.expectError;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.ApiClient;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels of artifacts. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class LabelApiTest {
  @Inject TestRegistry registry;
  @Inject Database database;
  private ApiClient api;
  private String artifacts;
  private long projectId;

  @BeforeEach
  void makeArtifacts() {
    RepositoryClient repository = registry.newRepository();
    repository.pushImage("one");
    repository.pushImage("two");
    String project = repository.name().substring(0, repository.name().indexOf('/'));
    artifacts = "/projects/" + project + "/repositories/app/artifacts";
    api = ApiClient.of(registry.as(registry.maintainer()));
    projectId =
        database.one("SELECT id FROM project WHERE name = ?", row -> row.getLong(1), project);
  }

  @Test
  void putsLabelsOnAndTakesThemOff() {
    long global = newLabel(null);
    long own = newLabel(projectId);

    assertThat(add("one", global).expect(200).bytes()).isEmpty();
    add("one", own).expect(200);
    add("two", own).expect(200);
    add("one", own).expect(409);

    var label = api.get(artifacts + "/one?with_label=true").json().path("labels").path(1);
    assertThat(label.path("id").asLong()).isEqualTo(own);
    assertThat(label.path("scope").asText()).isEqualTo("p");
    assertThat(label.path("project_id").asLong()).isEqualTo(projectId);
    assertThat(api.texts(artifacts + "?q=labels=(" + global + "%20" + own + ")", "id")).hasSize(1);
    assertThat(api.texts(artifacts + "?q=labels=(" + own + ")", "id")).hasSize(2);
    assertThat(api.texts(artifacts + "?q=labels=%7B" + global + "%20" + own + "%7D", "id"))
        .hasSize(2);
    api.delete(artifacts + "/one/labels/" + own).expect(200);
    api.delete(artifacts + "/one/labels/" + own).expect(404);
    assertThat(api.texts(artifacts + "?q=labels=" + own, "id")).hasSize(1);
  }

  @Test
  void refusesLabelsThatAreNotForTheProject() {
    expectError(add("one", 999_999_999), 404, "label 999999999 not found");
    add("one", newLabel(registry.newPrivateProject().id())).expect(404);
    api.post(artifacts + "/one/labels", "{}").expect(422);
    api.post(artifacts + "/one/labels", "{\"id\":\"x\"}").expect(422);
    api.delete(artifacts + "/one/labels/x").expect(422);
    add("none", newLabel(null)).expect(404);
  }

  private io.orlop.testsupport.Answer add(String reference, long label) {
    return api.post(artifacts + "/" + reference + "/labels", "{\"id\":" + label + "}");
  }

  private long newLabel(@Nullable Long project) {
    return database.one(
        "INSERT INTO label (name, scope, project_id) VALUES (?, ?, ?::bigint) RETURNING id",
        row -> row.getLong(1),
        "label-" + UUID.randomUUID(),
        project == null ? "g" : "p",
        project);
  }
}
