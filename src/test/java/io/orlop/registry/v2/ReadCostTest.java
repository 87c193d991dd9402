package io.orlop.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.catalog.pull.PullRecorder;
import io.orlop.oci.Digest;
import io.orlop.platform.persistence.SoleWriter;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.StatementCounter;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reads ask of the database: the rest of their time follows from it. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ReadCostTest {
  @Inject TestRegistry registry;
  @Inject StatementCounter statements;
  @Inject SoleWriter writer;
  @Inject PullRecorder pulls;
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
    await().atMost(Duration.ofSeconds(60)).until(writer::isHeld);
    pulls.flush(); // What the test before pulled, or it is written while we count.
  }

  @Test
  void pingWithAKnownTokenAsksNothing() {
    expectStatements(0, () -> puller.get("/v2/").expect(200));
  }

  @Test
  void manifestIsReadByOneStatementAndThenByNone() {
    expectStatements(1, () -> repository.headManifest("v1").expect(200));
    expectStatements(0, () -> repository.headManifest("v1").expect(200));
    expectStatements(1, () -> repository.getManifest("v1").expect(200));
    expectStatements(0, () -> repository.getManifest("v1").expect(200));
    expectStatements(1, () -> repository.getManifest(image).expect(200));
  }

  @Test
  void pageOfTagsIsReadByOneStatement() {
    expectStatements(1, () -> repository.tags("?n=10").expect(200));
  }

  @Test
  void blobIsFoundByOneStatementAndThenByNone() {
    expectStatements(1, () -> repository.getBlob(blob).expect(200));
    expectStatements(0, () -> repository.getBlob(blob).expect(200));
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

  private void expectStatements(int expected, Runnable read) {
    assertThat(statements.count(read)).isEqualTo(expected);
  }
}
