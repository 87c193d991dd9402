package io.orlop.catalog.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.project.ProjectService;
import io.orlop.oci.MediaType;
import io.orlop.oci.ProjectName;
import io.orlop.oci.Reference;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A repository that is deleted while others push to it. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RepositoryDeletionTest {
  @Inject ManifestService manifests;
  @Inject RepositoryDeletion deletion;
  @Inject ProjectService projects;
  @Inject Repositories repositories;
  @Inject Database database;

  @Test
  void leavesWhatIsPushedAfterItAlone() throws Exception {
    ProjectName name = new ProjectName("gone-" + UUID.randomUUID());
    RepositoryRef repository =
        new RepositoryRef(
            projects.create(name, true, Optional.empty()),
            new RepositoryName(name.value() + "/app"));
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> people =
          List.of(
              () -> push(repository, "a"), () -> push(repository, "b"), () -> delete(repository));
      for (Future<Void> done : pool.invokeAll(people)) {
        done.get();
      }
    }

    push(repository, "last");

    assertThat(manifests.stat(repository, Reference.parse("last-29"))).isNotNull();
    long difference =
        database.one(
            """
            SELECT artifact_count + coalesce((SELECT sum(artifacts) FROM repository_delta
                                               WHERE repository_id = r.id), 0)
                   - (SELECT count(*) FROM artifact WHERE repository_id = r.id)
              FROM repository r WHERE r.id = ?
            """,
            row -> row.getLong(1),
            repositories.require(repository));
    assertThat(difference).isZero();
  }

  private Void push(RepositoryRef repository, String who) {
    for (int i = 0; i < 30; i++) {
      manifests.push(
          repository,
          Reference.parse(who + "-" + i),
          new TreeSet<>(),
          null,
          "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[],\"annotations\":{\"n\":\"%s\"}}"
              .formatted(MediaType.OCI_INDEX.value(), who + i)
              .getBytes(UTF_8));
    }
    return null;
  }

  private Void delete(RepositoryRef repository) {
    for (int i = 0; i < 10; i++) {
      repositories.find(repository).ifPresent(deletion::delete);
    }
    return null;
  }
}
