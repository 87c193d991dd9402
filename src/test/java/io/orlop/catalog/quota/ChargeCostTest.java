package io.orlop.catalog.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.StatementCounter;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a limit costs: a statement more, which waits for the disk once the quota's row is free. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ChargeCostTest {
  private static final int TRIES = 5;

  @Inject TestRegistry registry;
  @Inject StatementCounter statements;
  @Inject Database database;

  @Test
  void aLimitCostsABlobOneStatement() {
    assertOneMore(repository -> {
      byte[] blob = Blobs.random(100);
      return () -> repository.post(Digest.of(blob), blob).expect(201);
    });
  }

  @Test
  void aLimitCostsAManifestOneStatement() {
    assertOneMore(repository -> {
      ManifestBuilder image = repository.newImage();
      return () -> repository.putManifest("latest", image).expect(201);
    });
  }

  private void assertOneMore(Function<RepositoryClient, Runnable> push) {
    long without = fewest(known(), push);
    long with = fewest(limited(known()), push);

    assertThat(with).isEqualTo(without + 1);
  }

  /** What runs beside it now and then only ever adds to the count. */
  private long fewest(RepositoryClient repository, Function<RepositoryClient, Runnable> push) {
    return LongStream.range(0, TRIES)
        .map(_ -> statements.count(push.apply(repository)))
        .min()
        .orElseThrow();
  }

  /** What is looked up once for a caller is known after a push. */
  private RepositoryClient known() {
    RepositoryClient repository = registry.newRepository();
    repository.pushImage("first");
    return repository;
  }

  private RepositoryClient limited(RepositoryClient repository) {
    database.update(
        """
        UPDATE quota q SET hard = 1000000 FROM project p
         WHERE p.id = q.project_id AND p.name = split_part(?, '/', 1)
        """,
        repository.name());
    return repository;
  }
}
