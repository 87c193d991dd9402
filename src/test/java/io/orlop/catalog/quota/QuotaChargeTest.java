package io.orlop.catalog.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.access.Role;
import io.orlop.oci.Digest;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class QuotaChargeTest {
  private static final int KIB = 1024;

  @Inject TestRegistry registry;
  @Inject Quotas quotas;
  @Inject QuotaUpkeep upkeep;
  @Inject Database database;

  @Test
  void countsWhatAProjectHoldsOnce() {
    TestRegistry.NewProject project = project();
    byte[] config = Blobs.config();
    byte[] layer = Blobs.random(5 * KIB);
    ManifestBuilder manifest = ManifestBuilder.image().config(config).layer(layer);

    for (String name : List.of("/a", "/b")) {
      RepositoryClient repository = repository(project, name);
      repository.pushBlob(config);
      repository.pushBlob(layer);
      repository.pushManifest("one", manifest);
      repository.pushManifest("two", manifest);
    }

    assertThat(used(project)).isEqualTo(config.length + layer.length + manifest.bytes().length);
    assertExact(project);
  }

  @Test
  void countsMountedBlobsToo() {
    TestRegistry.NewProject source = project();
    TestRegistry.NewProject target = project();
    Digest digest = repository(source, "/app").pushBlob(Blobs.random(3 * KIB));

    repository(target, "/app")
        .beginUpload("?mount=" + digest + "&from=" + source.name() + "/app")
        .expect(201);

    assertThat(used(target)).isEqualTo(3 * KIB);
    assertThat(used(source)).isEqualTo(3 * KIB);
  }

  @Test
  void refusesABlobThatDoesNotFitAndLinksNothing() {
    TestRegistry.NewProject project = project();
    RepositoryClient repository = repository(project, "/app");
    repository.pushBlob(Blobs.random(2 * KIB));
    limit(project, 3 * KIB);
    byte[] large = Blobs.random(2 * KIB);

    for (int attempt = 0; attempt < 2; attempt++) {
      Answer refused = repository.post(Digest.of(large), large);

      refused.expectError(403, "DENIED");
      assertThat(refused.json().path("errors").path(0).path("message").asText())
          .isEqualTo(
              "adding 2.0 KiB of storage resource, which when updated to current usage of 2.0 KiB"
                  + " will exceed the configured upper limit of 3.0 KiB.");
    }
    repository.headBlob(Digest.of(large)).expect(404);
    assertThat(used(project)).isEqualTo(2 * KIB);
    repository.pushBlob(Blobs.random(KIB));
    assertThat(used(project)).isEqualTo(3 * KIB);
  }

  @Test
  void refusesChunksThatCannotFitBeforeTheyAreSent() {
    TestRegistry.NewProject project = project();
    RepositoryClient repository = repository(project, "/app");
    limit(project, KIB);
    byte[] large = Blobs.random(2 * KIB);
    URI upload = repository.openUpload();

    repository.patch(upload, 0, large).expect(202);
    repository.finish(upload, Digest.of(large), new byte[0]).expectError(403, "DENIED");

    repository.patch(repository.openUpload(), 0, large).expectError(403, "DENIED");
    assertThat(used(project)).isZero();
  }

  @Test
  void refusesAManifestThatDoesNotFit() {
    TestRegistry.NewProject project = project();
    RepositoryClient repository = repository(project, "/app");
    ManifestBuilder manifest = repository.newImage();
    limit(project, used(project) + manifest.bytes().length - 1);

    repository.putManifest("latest", manifest).expectError(403, "DENIED");
    repository.headManifest("latest").expect(404);
    limit(project, used(project) + manifest.bytes().length);
    repository.pushManifest("latest", manifest);
    repository.pushManifest("again", manifest);

    assertExact(project);
  }

  @Test
  void refusesAMountThatDoesNotFit() {
    TestRegistry.NewProject source = project();
    TestRegistry.NewProject target = project();
    Digest digest = repository(source, "/app").pushBlob(Blobs.random(2 * KIB));
    limit(target, KIB);

    repository(target, "/app")
        .beginUpload("?mount=" + digest + "&from=" + source.name() + "/app")
        .expectError(403, "DENIED");

    assertThat(used(target)).isZero();
  }

  @Test
  void takesWhatTheProjectHoldsAlreadyHoweverFullItIs() {
    TestRegistry.NewProject project = project();
    byte[] layer = Blobs.random(2 * KIB);
    repository(project, "/a").pushBlob(layer);
    limit(project, 2 * KIB);
    repository(project, "/a").post(Digest.of(new byte[1]), new byte[1]).expect(403);

    repository(project, "/b").pushBlob(layer);

    assertThat(used(project)).isEqualTo(2 * KIB);
  }

  @Test
  void releasesWhatADeletedManifestAloneNamed() {
    TestRegistry.NewProject project = project();
    RepositoryClient repository = repository(project, "/app");
    byte[] shared = Blobs.random(4 * KIB);
    ManifestBuilder kept = image(repository, shared, Blobs.random(KIB));
    repository.pushManifest("kept", kept);
    long before = used(project);
    ManifestBuilder deleted = image(repository, shared, Blobs.random(8 * KIB));
    repository.pushManifest("deleted", deleted);
    assertThat(used(project)).isGreaterThan(before + 8 * KIB);

    repository.deleteManifest(deleted.digest()).expect(202);

    assertThat(used(project)).isEqualTo(before);
    assertExact(project);
  }

  @Test
  void countsAgainWhatAManifestNamesAfterItWasReleased() {
    TestRegistry.NewProject project = project();
    RepositoryClient repository = repository(project, "/app");
    ManifestBuilder manifest = repository.newImage();
    repository.pushManifest("latest", manifest);
    long full = used(project);

    repository.deleteManifest(manifest.digest()).expect(202);
    assertThat(used(project)).isZero();
    repository.pushManifest("latest", manifest);

    assertThat(used(project)).isEqualTo(full);
  }

  @Test
  void makesRoomByADeleteThatNobodyLookedAtYet() {
    TestRegistry.NewProject project = project();
    RepositoryClient repository = repository(project, "/app");
    ManifestBuilder manifest = image(repository, Blobs.random(8 * KIB), Blobs.random(KIB));
    repository.pushManifest("latest", manifest);
    limit(project, used(project));

    repository.deleteManifest(manifest.digest()).expect(202);

    repository.pushBlob(Blobs.random(8 * KIB));
    assertThat(used(project)).isEqualTo(8 * KIB);
  }

  @Test
  void releasesABlobThatWasDeleted() {
    TestRegistry.NewProject project = project();
    Digest digest = repository(project, "/a").pushBlob(Blobs.random(KIB));
    repository(project, "/b").beginUpload("?mount=" + digest + "&from=" + project.name() + "/a");

    repository(project, "/a").deleteBlob(digest).expect(202);
    assertThat(used(project)).isEqualTo(KIB);
    repository(project, "/b").deleteBlob(digest).expect(202);
    assertThat(used(project)).isZero();
  }

  @Test
  void releasesWhatARepositoryHeld() {
    TestRegistry.NewProject project = project();
    repository(project, "/a").pushImage("latest");
    long before = used(project);
    repository(project, "/b").pushImage("latest");

    String gone = project.name() + "/b";
    database.update(
        "DELETE FROM artifact a USING repository r WHERE r.id = a.repository_id AND r.name = ?",
        gone);
    database.update("DELETE FROM repository WHERE name = ?", gone);

    assertThat(used(project)).isEqualTo(before);
    assertExact(project);
  }

  @Test
  void forgetsWhatADeletedProjectHeld() {
    TestRegistry.NewProject project = project();
    repository(project, "/a").pushBlob(Blobs.random(KIB));

    registry.delete(project);
    upkeep.run();

    for (String table : List.of("quota", "project_content", "quota_change", "content_check")) {
      assertThat(database.exists("SELECT FROM " + table + " WHERE project_id = ?", project.id()))
          .as(table)
          .isFalse();
    }
  }

  @Test
  void admitsExactlyAsManyConcurrentPushesAsFit() throws Exception {
    TestRegistry.NewProject project = project();
    limit(project, 30 * KIB);

    List<Answer> answers = pushAtOnce(project, 50, KIB);

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(30);
    answers.stream()
        .filter(answer -> answer.status() != 201)
        .forEach(answer -> answer.expectError(403, "DENIED"));
    assertThat(used(project)).isEqualTo(30 * KIB);
    assertExact(project);
  }

  @Test
  void countsConcurrentPushesWithoutALimitExactly() throws Exception {
    TestRegistry.NewProject project = project();

    List<Answer> answers = pushAtOnce(project, 50, KIB);
    answers.forEach(answer -> answer.expect(201));

    assertThat(used(project)).isEqualTo(50 * KIB);
    upkeep.run();
    assertThat(used(project)).isEqualTo(50 * KIB);
    assertThat(database.exists("SELECT FROM quota_change WHERE project_id = ?", project.id()))
        .isFalse();
  }

  @Test
  void staysExactWhilePushesAndDeletesOfOneImageMeet() throws Exception {
    TestRegistry.NewProject project = project();
    byte[] shared = Blobs.random(4 * KIB);
    List<Runnable> work = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RepositoryClient repository = repository(project, "/app-" + i);
      ManifestBuilder manifest = image(repository, shared, Blobs.random(KIB));
      work.add(() -> {
        for (int round = 0; round < 5; round++) {
          repository.pushManifest("latest", manifest);
          assertThat(used(project)).isPositive();
          repository.deleteManifest(manifest.digest()).expect(202);
        }
        repository.pushManifest("latest", manifest);
      });
    }

    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<?> done : work.stream().map(executor::submit).toList()) {
        done.get();
      }
    }

    assertExact(project);
    assertThat(used(project)).isEqualTo(held(project));
  }

  private List<Answer> pushAtOnce(TestRegistry.NewProject project, int count, int size)
      throws InterruptedException, ExecutionException {
    List<Answer> answers = new ArrayList<>();
    RepositoryClient repository = repository(project, "/app");
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> pushes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] blob = Blobs.random(size);
        pushes.add(executor.submit(() -> repository.post(Digest.of(blob), blob)));
      }
      for (Future<Answer> push : pushes) {
        answers.add(push.get());
      }
    }
    return answers;
  }

  private ManifestBuilder image(RepositoryClient repository, byte[] one, byte[] other) {
    byte[] config = Blobs.config();
    repository.pushBlob(config);
    repository.pushBlob(one);
    repository.pushBlob(other);
    return ManifestBuilder.image().config(config).layer(one).layer(other);
  }

  private TestRegistry.NewProject project() {
    TestRegistry.NewProject project = registry.newPrivateProject();
    registry.assign(project, registry.maintainer(), Role.MAINTAINER);
    return project;
  }

  private RepositoryClient repository(TestRegistry.NewProject project, String path) {
    return registry.as(registry.maintainer()).repository(project.name() + path);
  }

  private void limit(TestRegistry.NewProject project, long bytes) {
    quotas.limit(quota(project).id(), bytes);
  }

  private long used(TestRegistry.NewProject project) {
    return quota(project).used();
  }

  private QuotaInfo quota(TestRegistry.NewProject project) {
    return quotas
        .list(new Quotas.Query(OptionalLong.of(project.id()), null, null), 1, 0)
        .quotas()
        .getFirst();
  }

  /** What the sum is must be what there is. */
  private void assertExact(TestRegistry.NewProject project) {
    assertThat(used(project))
        .isEqualTo(
            database.one(
                "SELECT coalesce(sum(size), 0) FROM project_content WHERE project_id = ?",
                row -> row.getLong(1),
                project.id()));
  }

  /** What the manifests of a project have and name, each digest once. */
  private long held(TestRegistry.NewProject project) {
    return database.one(
        """
        SELECT coalesce(sum(size), 0) FROM (
          SELECT a.digest, a.size FROM artifact a JOIN repository r ON r.id = a.repository_id
           WHERE r.project_id = ?
           UNION
          SELECT b.digest, b.size FROM artifact_blob n JOIN blob b ON b.id = n.blob_id
            JOIN repository r ON r.id = n.repository_id WHERE r.project_id = ?) AS held
        """,
        row -> row.getLong(1),
        project.id(),
        project.id());
  }
}
