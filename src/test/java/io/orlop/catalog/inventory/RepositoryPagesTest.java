package io.orlop.catalog.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.ApiClient;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of the repositories of all projects, which are found by the days that they are from. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RepositoryPagesTest {
  private static final int MADE = 1_500;

  @Inject TestRegistry registry;
  @Inject Database database;

  private TestRegistry.NewProject project;
  private ApiClient api;

  @BeforeEach
  void make() {
    project = registry.newPrivateProject();
    api = ApiClient.of(registry.as(registry.administrator()));
    // Some at one time, some on one day, and days without any.
    database.update(
        """
        INSERT INTO repository (project_id, name, created_at, listed_at)
        SELECT ?, ? || '/r' || n,
               timestamptz '2011-03-01T22:30:00Z' + n / 3 * interval '2 minutes'
                 + CASE WHEN n > 900 THEN interval '3 days' ELSE '0' END, now()
          FROM generate_series(1, ?) n
        """,
        project.id(),
        project.name(),
        MADE);
  }

  @AfterEach
  void forget() {
    database.update("DELETE FROM repository WHERE project_id = ?", project.id());
    expectDaysToBeRight();
  }

  @Test
  void goOnWhereTheOnesBeforeEnd() {
    expectPagesToBeRight();
    database.update("DELETE FROM repository WHERE project_id = ? AND name LIKE '%7'", project.id());
    expectPagesToBeRight();
    database.update(
        "UPDATE repository SET listed_at = NULL WHERE project_id = ? AND name LIKE '%8'",
        project.id());
    expectPagesToBeRight();
  }

  private void expectPagesToBeRight() {
    List<String> all =
        database.list(
            "SELECT name FROM repository WHERE listed_at IS NOT NULL"
                + " ORDER BY created_at DESC, id DESC",
            row -> row.getString(1));
    int last = (all.size() + 99) / 100;
    for (int page = 1; page <= last; page++) {
      String path = "/repositories?page_size=100&page=" + page;
      assertThat(api.texts(path, "name"))
          .as(path)
          .isEqualTo(all.subList((page - 1) * 100, Math.min(page * 100, all.size())));
    }
    String beyond = "/repositories?page_size=100&page=" + (last + 1);
    assertThat(api.texts(beyond, "name")).isEmpty();
    assertThat(api.get(beyond).header("X-Total-Count")).hasValue(Integer.toString(all.size()));
    expectDaysToBeRight();
  }

  private void expectDaysToBeRight() {
    assertThat(
            database.list(
                """
                SELECT day, sum(repositories) FROM repository_day
                 GROUP BY day HAVING sum(repositories) <> 0
                EXCEPT
                SELECT (created_at AT TIME ZONE 'UTC')::date, count(*) FROM repository
                 WHERE listed_at IS NOT NULL GROUP BY 1
                """,
                row -> row.getString(1)))
        .isEmpty();
  }
}
