package io.orlop.catalog.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.access.Role;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ContentReleaseTest {
  private static final int KIB = 1024;
  private static final int MANY = 20_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Inject TestRegistry registry;
  @Inject Quotas quotas;
  @Inject Database database;
  @Inject DataSource source;

  /**
   * The test stands in the line of those who release, behind one of them: it gets its turn when
   * that one lets go for the first time, and keeps it off while something is pushed.
   */
  @Test
  void letsPushesInBetweenWhileMuchIsReleased() throws Exception {
    TestRegistry.NewProject project = project();
    RepositoryClient repository = repository(project);
    repository.pushBlob(Blobs.random(KIB));
    leaveWordOfMuch(project);

    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        Connection first = source.getConnection();
        Connection second = source.getConnection()) {
      lock(first, project);
      Future<Long> read = executor.submit(() -> used(project));
      awaitWaiting(project, 1);
      Future<?> turn = executor.submit(() -> lock(second, project));
      awaitWaiting(project, 2);
      unlock(first, project);
      turn.get();

      assertThat(left(project)).isLessThan(MANY).isGreaterThan(MANY / 2);
      repository.pushBlob(Blobs.random(2 * KIB));
      assertThat(read).isNotDone();
      assertThat(left(project)).isGreaterThan(MANY / 2);

      unlock(second, project);
      assertThat(read.get()).isEqualTo(3 * KIB);
    }
    assertThat(left(project)).isZero();
    assertThat(used(project)).isEqualTo(3 * KIB);
  }

  @Test
  void looksOnlyAtTheProjectThatIsAskedFor() {
    TestRegistry.NewProject asked = project();
    TestRegistry.NewProject other = project();
    for (TestRegistry.NewProject project : new TestRegistry.NewProject[] {asked, other}) {
      repository(project).pushBlob(Blobs.random(KIB));
      leaveWord(project, 1);
    }

    assertThat(used(asked)).isEqualTo(KIB);

    assertThat(left(asked)).isZero();
    assertThat(left(other)).isEqualTo(1);
  }

  /** As if a repository were deleted that had much that nobody else has. */
  private void leaveWordOfMuch(TestRegistry.NewProject project) {
    database.update(
        """
        INSERT INTO project_content (project_id, digest, size)
        SELECT ?, 'sha256:gone-' || n, 1 FROM generate_series(1, ?) n
        """,
        project.id(),
        MANY);
    leaveWord(project, MANY);
  }

  private void leaveWord(TestRegistry.NewProject project, int count) {
    database.update(
        """
        INSERT INTO content_check (project_id, digest, links_count)
        SELECT ?, 'sha256:gone-' || n, n % 2 = 0 FROM generate_series(1, ?) n
        """,
        project.id(), count);
  }

  private long left(TestRegistry.NewProject project) {
    return database.one(
        "SELECT count(*) FROM content_check WHERE project_id = ?",
        row -> row.getLong(1),
        project.id());
  }

  private void awaitWaiting(TestRegistry.NewProject project, int count) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            database.one(
                    """
                    SELECT count(*) FROM pg_locks
                     WHERE locktype = 'advisory' AND NOT granted
                       AND classid = 1182 AND objid::bigint = ?
                       AND database = (SELECT oid FROM pg_database
                                        WHERE datname = current_database())
                    """,
                    row -> row.getLong(1),
                    project.id())
                >= count);
  }

  private static Object lock(Connection connection, TestRegistry.NewProject project)
      throws Exception {
    return run(connection, "SELECT pg_advisory_lock(1182, " + project.id() + ")");
  }

  private static Object unlock(Connection connection, TestRegistry.NewProject project)
      throws Exception {
    return run(connection, "SELECT pg_advisory_unlock(1182, " + project.id() + ")");
  }

  private static Object run(Connection connection, String sql) throws Exception {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }

  private long used(TestRegistry.NewProject project) {
    return quotas.find(quotaOf(project)).orElseThrow().used();
  }

  private long quotaOf(TestRegistry.NewProject project) {
    return database.one(
        "SELECT id FROM quota WHERE project_id = ?", row -> row.getLong(1), project.id());
  }

  private TestRegistry.NewProject project() {
    TestRegistry.NewProject project = registry.newPrivateProject();
    registry.assign(project, registry.maintainer(), Role.MAINTAINER);
    return project;
  }

  private RepositoryClient repository(TestRegistry.NewProject project) {
    return registry.as(registry.maintainer()).repository(project.name() + "/app");
  }
}
