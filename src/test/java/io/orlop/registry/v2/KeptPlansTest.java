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
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Whether PostgreSQL keeps the plans of the hot path: to plan such a statement takes longer than to
 * run it.
 */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class KeptPlansTest {
  private static final int REPEATED = 60;

  /** It plans anew five times, before it compares what that is worth; the driver adds some. */
  private static final int ENOUGH = 15;

  @Inject TestRegistry registry;
  @Inject Database database;

  @Test
  void keepsThemForReadsAndPushesOfManifests() {
    RepositoryClient repository = registry.newRepository();
    Digest image = repository.pushImage("v1");
    Digest blob = repository.pushBlob(Blobs.random(100));
    RegistryClient owner = registry.as(registry.maintainer());
    for (int i = 0; i < REPEATED; i++) {
      repository.getManifest("v1").expect(200);
      repository.getManifest(image).expect(200);
      repository.headBlob(blob).expect(200);
      repository.tags("?n=10").expect(200);
      owner.token("repository:" + repository.name() + ":pull");
      repository.pushManifest("v1", repository.newImage());
    }

    Map<String, Boolean> kept = plansOfUsedStatements();

    assertThat(kept).hasSizeGreaterThanOrEqualTo(6);
    assertThat(kept).allSatisfy((statement, isKept) -> assertThat(isKept).as(statement).isTrue());
  }

  /** Of all connections that the pool happens to give. */
  private Map<String, Boolean> plansOfUsedStatements() {
    Map<String, Boolean> kept = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      database
          .list(
              """
              SELECT statement, generic_plans FROM pg_prepared_statements
               WHERE position(? IN statement) > 0 AND custom_plans + generic_plans >= ?
              """,
              row -> Map.entry(row.getString(1), row.getLong(2) > 0),
              Database.ONE_PLAN,
              ENOUGH)
          .forEach(used -> kept.merge(used.getKey(), used.getValue(), Boolean::logicalAnd));
    }
    return kept;
  }
}
