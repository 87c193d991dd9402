package io.orlop.registry.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.catalog.ContentChanges;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.blob.BlobReclamation;
import io.orlop.catalog.blob.Damage;
import io.orlop.catalog.blob.DamagedBlobs;
import io.orlop.catalog.project.ProjectService;
import io.orlop.oci.Digest;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.SoleWriter;
import io.orlop.storage.StorageKey;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.StatementCounter;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered from memory is never older than an answer that somebody got. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RememberedPullsTest {
  private static final int STEPS = 400;

  @Inject TestRegistry registry;
  @Inject StatementCounter statements;
  @Inject SoleWriter writer;
  @Inject Database database;
  @Inject DamagedBlobs damaged;
  @Inject ProjectService projects;
  @Inject BlobReclamation reclamation;
  @Inject ContentChanges changes;

  @Inject PulledRepository pulled;

  private RepositoryClient pusher;
  private RepositoryClient puller;
  private ManifestBuilder image;
  private ManifestBuilder other;
  private byte[] content;
  private Digest blob;

  @BeforeEach
  void push() {
    pulled.remember();
    pusher = pulled.pusher();
    puller = pulled.puller();
    image = pulled.image();
    other = pulled.other();
    content = pulled.content();
    blob = pulled.blob();
  }

  @Test
  void whatWasPulledIsPulledAgainWithoutTheDatabase() {
    assertThat(
            statements.count(() -> {
              assertThat(puller.getManifest("v1").expect(200).bytes()).isEqualTo(image.bytes());
              puller
                  .headManifest("v1")
                  .expect(200)
                  .expectHeader("Docker-Content-Digest", image.digest());
              puller.getManifest(image.digest()).expect(200);
              assertThat(puller.getBlob(blob).expect(200).bytes()).isEqualTo(content);
              puller.getBlob(blob, "bytes=5-9").expect(206);
            }))
        .isZero();
  }

  @Test
  void toBeToldThatABlobIsHereIsAPromiseThatTheDatabaseKeeps() {
    assertThat(statements.count(() -> puller.headBlob(blob).expect(200))).isOne();
  }

  @Test
  void aTagThatWasMoved() {
    pusher.putManifest("v1", other).expect(201);
    assertThat(puller.getManifest("v1").expect(200).bytes()).isEqualTo(other.bytes());
    puller.headManifest("v1").expectHeader("Docker-Content-Digest", other.digest());
  }

  @Test
  void aTagThatWasDeleted() {
    pusher.deleteManifest("v1").expect(202);
    puller.getManifest("v1").expect(404);
    puller.headManifest("v1").expect(404);
    puller.getManifest(image.digest()).expect(200);
  }

  @Test
  void aManifestThatWasDeletedWithItsTags() {
    pusher.deleteManifest(image.digest()).expect(202);
    puller.getManifest(image.digest()).expect(404);
    puller.getManifest("v1").expect(404);
    puller.getManifest("v2").expect(200);
  }

  @Test
  void aManifestThatWasPushedAgainAsAnotherType() {
    byte[] untyped = image.without("mediaType").bytes();
    pusher.putManifest("v3", ManifestBuilder.OCI_MANIFEST, untyped).expect(201);
    puller.getManifest("v3").expectHeader("Content-Type", ManifestBuilder.OCI_MANIFEST);
    pusher.putManifest("v4", ManifestBuilder.DOCKER_MANIFEST, untyped).expect(201);
    puller.getManifest("v3").expectHeader("Content-Type", ManifestBuilder.DOCKER_MANIFEST);
  }

  @Test
  void aBlobThatWasUnlinked() {
    pusher.deleteBlob(blob).expect(202);
    puller.getBlob(blob).expect(404);
  }

  @Test
  void aBlobThatTurnsOutToBeDamagedAndIsHealed() {
    StorageKey key =
        database.one(
            "SELECT storage_key FROM blob WHERE digest = ?",
            row -> new StorageKey(row.getString(1)),
            blob.toString());
    assertThat(damaged.mark(blob, key, Damage.CONTENT)).isTrue();
    puller.getBlob(blob).expect(500);
    pusher.pushBlob(content);
    assertThat(puller.getBlob(blob).expect(200).bytes()).isEqualTo(content);
  }

  @Test
  void aRepositoryThatWasDeleted() {
    registry
        .as(registry.administrator())
        .request("DELETE", "/api/v2.0/projects/" + pusher.name().replace("/", "/repositories/"))
        .send()
        .expect(200);
    puller.getManifest("v1").expect(404);
    puller.getManifest(image.digest()).expect(404);
    puller.getBlob(blob).expect(404);
  }

  @Test
  void aProjectThatGoesWithBlobsThatNoManifestNamed() {
    pusher.deleteManifest(image.digest()).expect(202);
    pusher.deleteManifest(other.digest()).expect(202);
    long project =
        database.one(
            "UPDATE repository SET listed_at = NULL WHERE name = ? RETURNING project_id",
            row -> row.getLong(1),
            pusher.name());
    puller.getBlob(blob).expect(200);
    projects.delete(project);
    puller.getBlob(blob).expect(404);
  }

  @Test
  void aLinkThatCollectionTookAway() {
    database.update(
        """
        UPDATE repository_blob l SET touched_at = now() - interval '10 days' FROM blob b
         WHERE b.id = l.blob_id AND b.digest = ?
        """,
        blob.toString());
    while (reclamation.condemn(100, Duration.ofHours(2)) > 0) {}
    puller.getBlob(blob).expect(404);
  }

  @Test
  void moreRepositoriesThanAreToldOneByOne() {
    long id =
        database.one(
            "SELECT id FROM repository WHERE name = ?", row -> row.getLong(1), pusher.name());
    database.update(
        """
        INSERT INTO repository (project_id, name)
        SELECT project_id, name || n FROM repository, generate_series(1, 60) AS n WHERE id = ?
        """,
        id);
    database.update(
        """
        INSERT INTO repository_blob (repository_id, blob_id)
        SELECT r.id, b.id FROM repository r, blob b
         WHERE r.name LIKE ? AND b.digest = ? ON CONFLICT DO NOTHING
        """,
        pusher.name() + "%",
        blob.toString());
    database.update(
        "DELETE FROM repository_blob l USING blob b WHERE b.id = l.blob_id AND b.digest = ?",
        blob.toString());
    puller.getBlob(blob).expect(404);
  }

  @Test
  void aStatementThatChangesSomethingIsNotOutrunByWhatOthersSeeOfIt() {
    long id =
        database.one(
            "SELECT id FROM repository WHERE name = ?", row -> row.getLong(1), pusher.name());
    long project =
        database.one("SELECT project_id FROM repository WHERE id = ?", row -> row.getLong(1), id);
    RepositoryRef here = new RepositoryRef(project, new RepositoryName(pusher.name()));
    assertThat(changes.changing(here, pulled::statementsOfAPull)).isOne();
    assertThat(changes.changing(id, pulled::statementsOfAPull)).isOne();
    assertThat(changes.changingAnywhere(pulled::statementsOfAPull)).isOne();
    assertThat(pulled.statementsOfAPull()).isZero();
  }

  /** One changes, many read all the time, so that what is wrong would be in memory. */
  @Test
  void anyChangeIsSeenByWhoeverAsksAfterItsAnswer() throws InterruptedException {
    List<ManifestBuilder> images = List.of(image, other, pusher.newImage());
    Random random = new Random(20261122);
    AtomicBoolean ended = new AtomicBoolean();
    try (ExecutorService bystanders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> reading = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        reading.add(CompletableFuture.runAsync(() -> readUntil(ended), bystanders));
      }
      try {
        for (int step = 0; step < STEPS; step++) {
          change(images, random);
        }
      } finally {
        ended.set(true);
      }
      reading.forEach(CompletableFuture::join);
    }
    assertThat(writer.isHeld()).isTrue();
  }

  private void readUntil(AtomicBoolean ended) {
    while (!ended.get()) {
      puller.getManifest("moving");
      puller.headManifest("moving");
      puller.getBlob(blob);
    }
  }

  private void change(List<ManifestBuilder> images, Random random) {
    ManifestBuilder next = images.get(random.nextInt(images.size()));
    switch (random.nextInt(6)) {
      case 0 -> {
        pusher.deleteManifest("moving");
        puller.getManifest("moving").expect(404);
        puller.headManifest("moving").expect(404);
      }
      case 1 -> {
        pusher.putManifest("v1", next).expect(201);
        pusher.deleteManifest(next.digest()).expect(202);
        puller.getManifest(next.digest()).expect(404);
        puller.getManifest("v1").expect(404);
      }
      case 2 -> {
        pusher.deleteBlob(blob);
        puller.getBlob(blob).expect(404);
        pusher.pushBlob(content);
        puller.getBlob(blob).expect(200);
      }
      default -> {
        pusher.putManifest("moving", next).expect(201);
        Answer answer = puller.getManifest("moving").expect(200);
        assertThat(answer.bytes()).isEqualTo(next.bytes());
        puller.headManifest("moving").expectHeader("Docker-Content-Digest", next.digest());
      }
    }
  }
}
