package io.orlop.catalog.quota;

import static io.orlop.testsupport.Accounts.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orlop.access.Role;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.blob.BlobLinks;
import io.orlop.oci.Digest;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.persistence.Database;
import io.orlop.storage.StorageKey;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas are switched off, and a project has a limit that it is beyond. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class UncheckedChargesTest {
  private static final int KIB = 1024;

  @Inject TestRegistry registry;
  @Inject Quotas quotas;
  @Inject UncheckedCharges unchecked;
  @Inject Charges charges;
  @Inject BlobLinks links;
  @Inject Database database;

  private TestRegistry.NewProject project;
  private RepositoryClient repository;

  @BeforeEach
  void fill() {
    keepQuotas(false);
    project = newProject();
    repository = repository(project);
    repository.pushBlob(Blobs.random(KIB));
    quotas.limit(quota().id(), KIB);
  }

  @AfterEach
  void switchOn() {
    keepQuotas(true);
  }

  @Test
  void takesABlobThatIsNew() {
    repository.pushBlob(Blobs.random(2 * KIB));

    assertUsed(3 * KIB);
  }

  @Test
  void takesABlobThatCameInChunks() {
    byte[] blob = Blobs.random(2 * KIB);
    URI upload = repository.openUpload();
    repository.patch(upload, 0, blob).expect(202);

    repository.finish(upload, Digest.of(blob), new byte[0]).expect(201);

    assertUsed(3 * KIB);
  }

  @Test
  void takesABlobThatAnotherProjectHas() {
    byte[] blob = Blobs.random(2 * KIB);
    repository(newProject()).pushBlob(blob);

    repository.pushBlob(blob);

    assertUsed(3 * KIB);
  }

  @Test
  void takesAMount() {
    TestRegistry.NewProject source = newProject();
    Digest digest = repository(source).pushBlob(Blobs.random(2 * KIB));

    repository.beginUpload("?mount=" + digest + "&from=" + source.name() + "/app").expect(201);

    assertUsed(3 * KIB);
  }

  @Test
  void takesAManifest() {
    byte[] config = Blobs.config();
    ManifestBuilder manifest = ManifestBuilder.image().config(config);
    repository.pushBlob(config);

    repository.pushManifest("latest", manifest);
    repository.pushManifest("again", manifest);

    assertUsed(KIB + config.length + manifest.bytes().length);
  }

  @Test
  void takesManyAtOnceAndCountsThemExactly() throws Exception {
    int count = 30;
    List<Future<Answer>> pushes = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        byte[] blob = Blobs.random(KIB);
        pushes.add(executor.submit(() -> repository.post(Digest.of(blob), blob)));
      }
    }
    for (Future<Answer> push : pushes) {
      push.get().expect(201);
    }

    assertUsed((count + 1L) * KIB);
  }

  @Test
  void refusesAgainAsSoonAsQuotasAreKept() {
    repository.pushBlob(Blobs.random(KIB));
    byte[] more = Blobs.random(KIB);

    keepQuotas(true);

    repository.post(Digest.of(more), more).expectError(403, "DENIED");
    repository.headBlob(Digest.of(more)).expect(404);
    assertUsed(2 * KIB);
  }

  /** As if the repository were deleted while what was refused is written again. */
  @Test
  void makesARepositoryAgainThatIsLostOnTheWay() {
    List<String> happened = new ArrayList<>();

    String done =
        charges.charge(
            project.id(),
            2 * KIB,
            () -> {
              database.update(
                  "INSERT INTO project_content (project_id, digest, size) VALUES (?, ?, ?)",
                  project.id(),
                  "sha256:written-" + happened.size(),
                  2 * KIB);
              happened.add("written");
              if (happened.size() == 1) {
                database.update(
                    "INSERT INTO repository_blob (repository_id, blob_id) VALUES (0, 0)");
              }
              return "done";
            });

    assertThat(done).isEqualTo("done");
    assertThat(happened).hasSize(2);
    assertUsed(3 * KIB);
  }

  /** The transaction that sets the limit aside waits for the disk itself. */
  @Test
  void waitsForTheDiskWhereTheLimitIsSetAside() {
    List<String> modes = new ArrayList<>();

    assertThatExceptionOfType(TakenBackException.class)
        .isThrownBy(() ->
            unchecked.write(() -> {
              assertThat(record()).isTrue();
              modes.add(database.one("SHOW synchronous_commit", row -> row.getString(1)));
              throw new TakenBackException();
            }));

    assertThat(modes).containsExactly("on");
    assertUsed(KIB);
  }

  /** No row is to stay that has no bytes. */
  private static final class TakenBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Elsewhere a transaction would not: so none may be around a charge. */
  @Test
  void chargesInNoOtherTransaction() {
    quotas.limit(quota().id(), 10 * KIB);

    assertThatIllegalStateException()
        .isThrownBy(() -> QuarkusTransaction.requiringNew().call(this::record));

    assertUsed(KIB);
  }

  private boolean record() {
    byte[] blob = Blobs.random(KIB);
    Digest digest = Digest.of(blob);
    RepositoryRef ref = new RepositoryRef(project.id(), new RepositoryName(repository.name()));
    return links.recordFresh(ref, blob.length, StorageKey.of(digest, "test"), UUID.randomUUID());
  }

  /** What is told is what there is. */
  private void assertUsed(long bytes) {
    long held =
        database.one(
            "SELECT sum(size) FROM project_content WHERE project_id = ?",
            row -> row.getLong(1),
            project.id());
    assertThat(held).isEqualTo(bytes);
    assertThat(quota().used()).isEqualTo(bytes);
  }

  private QuotaInfo quota() {
    long id =
        database.one(
            "SELECT id FROM quota WHERE project_id = ?", row -> row.getLong(1), project.id());
    return quotas.find(id).orElseThrow();
  }

  private TestRegistry.NewProject newProject() {
    TestRegistry.NewProject made = registry.newPrivateProject();
    registry.assign(made, registry.maintainer(), Role.MAINTAINER);
    return made;
  }

  private RepositoryClient repository(TestRegistry.NewProject of) {
    return registry.as(registry.maintainer()).repository(of.name() + "/app");
  }

  private static void keepQuotas(boolean kept) {
    assertThat(
            admin()
                .contentType(ContentType.JSON)
                .body(Map.of("quota_per_project_enable", kept))
                .put("/api/v2.0/configurations")
                .statusCode())
        .isEqualTo(200);
  }
}
