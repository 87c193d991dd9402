package io.orlop.catalog.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.oci.Digest;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class StoredBytesTest {
  @Inject TestRegistry registry;
  @Inject StoredBytes bytes;
  @Inject Database database;

  @Test
  void areThoseOfEachBlobAndManifestAsTheyComeAndGo() {
    RepositoryClient one = registry.newRepository();
    RepositoryClient other = registry.newRepository();
    other.pushImage("v0");
    expectToBeRight();

    one.pushBlob(Blobs.random(1_000));
    one.pushManifest("v1", one.newImage());
    expectToBeRight();
    copy(one, other);
    expectToBeRight();
    bytes.run();
    expectToBeRight();

    remove(one);
    bytes.run();
    expectToBeRight();
    copy(other, one);
    remove(one);
    remove(other);
    expectToBeRight();
    bytes.run();
    expectToBeRight();
  }

  @Test
  void leaveOneNumberWhenTheyAreAddedUp() {
    RepositoryClient repository = registry.newRepository();
    Digest image = repository.pushImage("v1");

    bytes.run();
    assertThat(database.exists("SELECT FROM manifest_change WHERE digest = ?", image.toString()))
        .isFalse();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          bytes.run();
          return database.one("SELECT count(*) FROM stored_bytes", row -> row.getLong(1) == 1);
        });
  }

  private void copy(RepositoryClient from, RepositoryClient to) {
    database.update(
        """
        INSERT INTO artifact (repository_id, digest, media_type, manifest, size)
        SELECT t.id, a.digest, a.media_type, a.manifest, a.size
          FROM repository f JOIN artifact a ON a.repository_id = f.id, repository t
         WHERE f.name = ? AND t.name = ?
        """,
        from.name(),
        to.name());
  }

  private void remove(RepositoryClient repository) {
    database.update(
        "DELETE FROM artifact a USING repository r WHERE r.id = a.repository_id AND r.name = ?",
        repository.name());
  }

  /** Work in the background may take something away between two looks. */
  private void expectToBeRight() {
    String counted =
        """
        SELECT (SELECT coalesce(sum(size), 0) FROM blob WHERE condemned_at IS NULL)
             + (SELECT coalesce(sum(size), 0) FROM (SELECT DISTINCT digest, size FROM artifact) m)
        """;
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(bytes.total()).isEqualTo(database.one(counted, row -> row.getLong(1))));
  }
}
