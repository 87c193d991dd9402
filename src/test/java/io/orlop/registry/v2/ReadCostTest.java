package io.orlop.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reads ask of the database: the rest of their time follows from it. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ReadCostTest {
  @Inject TestRegistry registry;
  @Inject Database database;
  private RepositoryClient repository;
  private RegistryClient puller;
  private Digest image;
  private Digest blob;

  @BeforeEach
  void push() {
    RepositoryClient pusher = registry.newRepository();
    image = pusher.pushImage("v1");
    blob = pusher.pushBlob(Blobs.random(100));
    puller =
        registry
            .anonymous()
            .bearer(
                registry.as(registry.maintainer()).token("repository:" + pusher.name() + ":pull"));
    repository = puller.repository(pusher.name());
    puller.get("/v2/").expect(200);
  }

  @Test
  void pingWithAKnownTokenAsksNothing() {
    expectStatements(0, () -> puller.get("/v2/").expect(200));
  }

  @Test
  void manifestIsReadByOneStatement() {
    expectStatements(1, () -> repository.getManifest("v1").expect(200));
    expectStatements(1, () -> repository.getManifest("v1").expect(200));
    expectStatements(1, () -> repository.headManifest("v1").expect(200));
    expectStatements(1, () -> repository.getManifest(image).expect(200));
  }

  @Test
  void pageOfTagsIsReadByOneStatement() {
    expectStatements(1, () -> repository.tags("?n=10").expect(200));
  }

  @Test
  void blobIsFoundByOneStatement() {
    expectStatements(1, () -> repository.getBlob(blob).expect(200));
    expectStatements(1, () -> repository.headBlob(blob).expect(200));
  }

  @Test
  void tokenOfAKnownPasswordIsIssuedByTwoStatements() {
    RegistryClient client = registry.as(registry.maintainer());
    String scope = "repository:" + repository.name() + ":pull";
    client.token(scope);
    expectStatements(2, () -> client.token(scope));
    expectStatements(1, () -> registry.anonymous().token(scope));
  }

  /** Takes the least of some tries, since work in the background asks, too. */
  private void expectStatements(int expected, Runnable read) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = database.statements();
      read.run();
      least = Math.min(least, database.statements() - before);
    }
    assertThat(least).isEqualTo(expected);
  }
}
