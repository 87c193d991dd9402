package io.orlop.catalog.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.platform.persistence.Database;
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

  private long number(String sql, RepositoryClient repository) {
    return database.one(sql, row -> row.getLong(1), repository.name());
  }
}
