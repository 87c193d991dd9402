package io.orlop.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.catalog.artifact.ManifestService;
import io.orlop.catalog.blob.BlobService;
import io.orlop.catalog.project.ProjectService;
import io.orlop.catalog.upload.UploadService;
import io.orlop.catalog.upload.UploadService.Chunk;
import io.orlop.identity.Principal;
import io.orlop.oci.Digest;
import io.orlop.oci.MediaType;
import io.orlop.oci.ProjectName;
import io.orlop.oci.Reference;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What happens when many do it at once. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ConcurrentPushTest {
  @Inject UploadService uploads;
  @Inject BlobService blobs;
  @Inject ManifestService manifests;
  @Inject ProjectService projects;
  @Inject Repositories repositories;
  @Inject Database database;

  private final String project = "race-" + UUID.randomUUID();

  @Test
  void oneBlobOfManyClientsIsStoredOnce() throws Exception {
    RepositoryRef repository = newRepository();
    byte[] content = UUID.randomUUID().toString().getBytes(UTF_8);
    Digest digest = Digest.of(content);
    for (Outcome outcome : together(50, _ -> push(repository, content))) {
      assertThat(outcome.failure()).isEmpty();
    }
    assertThat(blobs.require(repository, digest).size()).isEqualTo(content.length);
    assertThat(count("SELECT count(*) FROM blob WHERE digest = ?", digest.toString())).isOne();
  }

  @Test
  void oneTagOfManyClientsPointsToOneOfTheirManifests() throws Exception {
    RepositoryRef repository = newRepository();
    List<Outcome> outcomes =
        together(
            16, n -> manifests.push(repository, tag("latest"), new TreeSet<>(), null, index(n)));
    assertThat(outcomes).allMatch(outcome -> outcome.failure().isEmpty());
    Digest current = manifests.stat(repository, tag("latest")).digest();
    assertThat(Digest.of(manifests.bytes(repository, current))).isEqualTo(current);
  }

  @Test
  void aBlobIsNeverUnlinkedUnderTheManifestThatNamesIt() throws Exception {
    RepositoryRef repository = newRepository();
    for (int round = 0; round < 20; round++) {
      byte[] layer = ("layer " + project + round).getBytes(UTF_8);
      push(repository, layer);
      byte[] manifest = image(layer);
      Reference reference = new Reference.ByDigest(Digest.of(manifest));
      List<Outcome> outcomes =
          together(
              2,
              n -> {
                if (n == 0) {
                  return manifests.push(repository, reference, new TreeSet<>(), null, manifest);
                }
                blobs.unlink(repository, Digest.of(layer));
                return "unlinked";
              });
      assertThat(outcomes.stream().filter(outcome -> outcome.failure().isEmpty())).hasSize(1);
      assertThat(outcomes.stream().flatMap(outcome -> outcome.failure().stream()))
          .allMatch(
              code -> code == ErrorCode.UNSUPPORTED || code == ErrorCode.MANIFEST_BLOB_UNKNOWN);
    }
  }

  @Test
  void aProjectIsNeverDeletedUnderAPushThatWasAcknowledged() throws Exception {
    for (int round = 0; round < 20; round++) {
      RepositoryRef repository = newRepository();
      List<Outcome> outcomes =
          together(
              2,
              n -> {
                if (n == 0) {
                  return manifests.push(repository, tag("v1"), new TreeSet<>(), null, index(0));
                }
                projects.delete(repository.projectId());
                return "deleted";
              });
      boolean pushed = outcomes.get(0).failure().isEmpty();
      boolean deleted = outcomes.get(1).failure().isEmpty();
      assertThat(pushed).isNotEqualTo(deleted);
      assertThat(repositories.find(repository).isPresent()).isEqualTo(pushed);
    }
  }

  private record Outcome(Optional<ErrorCode> failure) {}

  private interface Work {
    Object run(int number) throws Exception;
  }

  private static List<Outcome> together(int times, Work work) throws Exception {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Outcome>> calls = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int number = i;
        calls.add(() -> outcomeOf(work, number));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> future : pool.invokeAll(calls)) {
        outcomes.add(future.get());
      }
      return outcomes;
    }
  }

  private static Outcome outcomeOf(Work work, int number) throws Exception {
    try {
      work.run(number);
      return new Outcome(Optional.empty());
    } catch (RegistryException e) {
      return new Outcome(Optional.of(e.code()));
    }
  }

  private RepositoryRef newRepository() {
    ProjectName name = new ProjectName("race-" + UUID.randomUUID());
    long id = projects.create(name, true, Optional.empty());
    return new RepositoryRef(id, new RepositoryName(name.value() + "/app"));
  }

  private Object push(RepositoryRef repository, byte[] content) throws Exception {
    uploads.uploadWhole(
        repository,
        Principal.ANONYMOUS,
        Digest.of(content),
        new Chunk(new ByteArrayInputStream(content), Optional.empty(), OptionalLong.empty()));
    return "pushed";
  }

  private static Reference tag(String name) {
    return Reference.parse(name);
  }

  private static byte[] index(int number) {
    return """
    {"schemaVersion":2,"mediaType":"%s","manifests":[],"annotations":{"n":"%d"}}
    """
        .formatted(MediaType.OCI_INDEX.value(), number)
        .getBytes(UTF_8);
  }

  private static byte[] image(byte[] layer) {
    String descriptor =
        "{\"mediaType\":\"application/vnd.example\",\"digest\":\"%s\",\"size\":%d}"
            .formatted(Digest.of(layer), layer.length);
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[]}"
        .formatted(MediaType.OCI_MANIFEST.value(), descriptor)
        .getBytes(UTF_8);
  }

  private long count(String sql, String parameter) {
    return database.one(sql, row -> row.getLong(1), parameter);
  }
}
