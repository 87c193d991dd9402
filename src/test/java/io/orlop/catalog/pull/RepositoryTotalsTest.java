package io.orlop.catalog.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.ApiClient;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RepositoryTotalsTest {
  @Inject TestRegistry registry;
  @Inject RepositoryTotals totals;
  @Inject Database database;

  @Test
  void moveDifferencesIntoTheRepository() {
    RepositoryClient repository = registry.newRepository();
    repository.pushImage("v1");
    repository.pushImage("v2");
    database.update(
        "INSERT INTO repository_delta (repository_id, pulls) SELECT id, 7 FROM repository"
            + " WHERE name = ?",
        repository.name());

    totals.run();

    long artifacts = number("SELECT artifact_count FROM repository WHERE name = ?", repository);
    long pulls = number("SELECT pull_count FROM repository WHERE name = ?", repository);
    long left =
        number(
            "SELECT count(*) FROM repository_delta d JOIN repository r ON r.id = d.repository_id"
                + " WHERE r.name = ?",
            repository);
    assertThat(artifacts).isEqualTo(2);
    assertThat(pulls).isEqualTo(7);
    assertThat(left).isZero();
  }

  @Test
  void theRepositoriesOfAProjectAreCountedAsTheyComeAndGo() {
    TestRegistry.NewProject project = registry.newPrivateProject();
    ApiClient api = ApiClient.of(registry.as(registry.administrator()));
    for (String name : new String[] {"one", "two", "three"}) {
      registry.as(registry.administrator()).repository(project.name() + "/" + name).pushImage("v1");
      registry.as(registry.administrator()).repository(project.name() + "/" + name).pushImage("v2");
    }
    registry
        .as(registry.administrator())
        .repository(project.name() + "/blobs-only")
        .pushBlob(new byte[] {1, 2, 3});
    assertThat(counted(project)).isEqualTo(3);
    assertThat(rows(project)).isEqualTo(3);

    totals.run();
    assertThat(counted(project)).isEqualTo(3);
    assertThat(rows(project)).isEqualTo(1);

    for (String name : new String[] {"one", "two", "three"}) {
      api.delete("/projects/" + project.name() + "/repositories/" + name).expect(200);
    }
    assertThat(counted(project)).isZero();
    totals.run();
    assertThat(rows(project)).isZero();
  }

  private long counted(TestRegistry.NewProject project) {
    return database.one(
        "SELECT coalesce(sum(repositories), 0) FROM project_repositories WHERE project_id = ?",
        row -> row.getLong(1),
        project.id());
  }

  private long rows(TestRegistry.NewProject project) {
    return database.one(
        "SELECT count(*) FROM project_repositories WHERE project_id = ?",
        row -> row.getLong(1),
        project.id());
  }

  private long number(String sql, RepositoryClient repository) {
    return database.one(sql, row -> row.getLong(1), repository.name());
  }
}
