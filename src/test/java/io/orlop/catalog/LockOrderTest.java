package io.orlop.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orlop.catalog.pull.PullRecorder;
import io.orlop.oci.Digest;
import io.orlop.oci.Reference;
import io.orlop.oci.RepositoryName;
import io.orlop.oci.TagName;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** In which order rows are locked, and what becomes of a push that waited in a circle. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class LockOrderTest {
  private static final String MANIFEST =
      "SELECT a.id FROM artifact a JOIN repository r ON r.id = a.repository_id WHERE r.name = ?"
          + " FOR UPDATE OF a";
  private static final String TAG =
      "SELECT t.id FROM tag t JOIN repository r ON r.id = t.repository_id WHERE r.name = ?"
          + " FOR UPDATE OF t";
  private static final String LOCKED = "55P03";
  private static final String DEADLOCK = "40P01";

  @Inject TestRegistry registry;
  @Inject PullRecorder pulls;
  @Inject Database database;
  @Inject DataSource dataSource;

  @Test
  void pullsLockManifestsBeforeTags() throws Exception {
    RepositoryClient repository = registry.newRepository();
    Digest digest = repository.pushImage("latest");

    // The executor waits for its tasks when it is closed, and they for the connection's locks.
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = begin()) {
      lock(other, MANIFEST, repository);
      pulls.pulled(
          reference(repository),
          new Reference.ByTag(new TagName("latest")),
          digest,
          new PullRecorder.Rules(true, true));
      Future<?> written = thread.submit(pulls::flush);
      awaitWhoWaitsFor(other);
      lock(other, TAG + " NOWAIT", repository);
      other.rollback();
      written.get();
    }
  }

  @Test
  void aPushThatWaitedInACircleIsTriedAgain() throws Exception {
    RepositoryClient repository = registry.newRepository();
    ManifestBuilder image = repository.newImage();
    repository.pushManifest("latest", image);
    await().atMost(Duration.ofMinutes(2)).until(() -> losesADeadlockAndSucceeds(repository, image));
  }

  /** Returns false if PostgreSQL let the push win: then nothing was seen. */
  private boolean losesADeadlockAndSucceeds(RepositoryClient repository, ManifestBuilder image)
      throws Exception {
    // The executor waits for its tasks when it is closed, and they for the connection's locks.
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = begin()) {
      lock(other, TAG, repository);
      Future<Answer> pushed = thread.submit(() -> repository.putManifest("latest", image));
      awaitWhoWaitsFor(other);
      boolean won = closeCircle(other, repository);
      other.rollback();
      pushed.get().expect(201);
      return won;
    }
  }

  /** Waits for what waits for this connection. Whoever has waited longer loses, as a rule. */
  private static boolean closeCircle(Connection other, RepositoryClient repository)
      throws SQLException {
    Savepoint before = other.setSavepoint();
    assertThatThrownBy(() -> lock(other, MANIFEST + " NOWAIT", repository))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(LOCKED));
    other.rollback(before);
    try {
      lock(other, MANIFEST, repository);
      return true;
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isEqualTo(DEADLOCK);
      return false;
    }
  }

  private Connection begin() throws SQLException {
    Connection connection = dataSource.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static void lock(Connection connection, String sql, RepositoryClient repository)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, repository.name());
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  private void awaitWhoWaitsFor(Connection connection) throws SQLException {
    int process;
    try (PreparedStatement statement = connection.prepareStatement("SELECT pg_backend_pid()");
        ResultSet row = statement.executeQuery()) {
      row.next();
      process = row.getInt(1);
    }
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            database.exists(
                "SELECT FROM pg_locks WHERE NOT granted AND ? = ANY (pg_blocking_pids(pid))",
                process));
  }

  private RepositoryRef reference(RepositoryClient repository) {
    long project =
        database.one(
            "SELECT project_id FROM repository WHERE name = ?",
            row -> row.getLong(1),
            repository.name());
    return new RepositoryRef(project, new RepositoryName(repository.name()));
  }
}
