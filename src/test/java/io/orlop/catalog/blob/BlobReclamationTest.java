package io.orlop.catalog.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.platform.persistence.Database;
import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageKey;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class BlobReclamationTest {
  private static final Duration GRACE = Duration.ofHours(2);

  @Inject TestRegistry registry;
  @Inject BlobReclamation reclamation;
  @Inject CollectionHolds holds;
  @Inject BlobStore store;
  @Inject Database database;

  @AfterEach
  void endHolds() {
    database.update("DELETE FROM collection_hold");
  }

  @Test
  void freesWhatNobodyCameBackFor() {
    RepositoryClient repository = registry.newRepository();
    Digest digest = repository.pushBlob(Blobs.random(10));
    Path file = file(digest);
    age(digest, "140 minutes");
    collect();
    assertThat(file).as("a promise may be half an hour old when it is not renewed").exists();
    age(digest, "151 minutes");
    collect();
    assertThat(file).doesNotExist();
    repository.headBlob(digest).expect(404);
    assertThat(database.exists("SELECT FROM blob WHERE digest = ?", digest.toString())).isFalse();
  }

  @Test
  void keepsWhatAManifestNames() {
    RepositoryClient repository = registry.newRepository();
    byte[] config = Blobs.config();
    Digest digest = repository.pushBlob(config);
    repository.pushManifest("v1", ManifestBuilder.image().config(config).layer(config));
    age(digest, "10 days");
    collect();
    assertThat(file(digest)).exists();
  }

  @Test
  void nothingIsFreedUnderAHoldUntilItLapses() {
    Path file = file(pushStale());
    hold();
    collect();
    assertThat(file).exists();
    database.update("UPDATE collection_hold SET expires_at = now()");
    assertThat(holds.areLive()).isFalse();
    collect();
    assertThat(file).doesNotExist();
    assertThat(database.exists("SELECT FROM collection_hold"))
        .as("so that its holder learns that it had lapsed")
        .isFalse();
  }

  @Test
  void whatAHoldKeptIsFreedWhenItEnds() {
    Path file = file(pushStale());
    hold();
    collect();
    assertThat(file).exists();
    endHolds();
    assertThat(holds.areLive()).isFalse();
    collect();
    assertThat(file).doesNotExist();
  }

  @Test
  void finishesWhatACrashLeft() {
    Digest digest = pushStale();
    while (reclamation.condemn(100, GRACE) > 0) {}
    store.delete(key(digest));
    while (reclamation.reclaim(100, Duration.ZERO) > 0) {}
    assertThat(database.exists("SELECT FROM blob WHERE digest = ?", digest.toString())).isFalse();
  }

  @Test
  void condemnedBytesRestAWhileForThoseWhoReadThem() {
    Path file = file(pushStale());
    while (reclamation.condemn(100, GRACE) > 0) {}
    assertThat(reclamation.reclaim(100, Duration.ofHours(1))).isZero();
    assertThat(file).exists();
  }

  @Test
  void aHealUnderAHoldLeavesTheOldBytesToCollection() throws Exception {
    byte[] content = Blobs.random(10);
    RepositoryClient repository = registry.newRepository();
    Digest digest = repository.pushBlob(content);
    Path rotten = file(digest);
    database.update(
        "UPDATE blob SET damaged_at = now(), damage = 'content' WHERE digest = ?",
        digest.toString());
    hold();
    repository.pushBlob(content);
    assertThat(rotten).exists();
    endHolds();
    assertThat(Files.readAllBytes(file(digest))).isEqualTo(content);
    collect();
    assertThat(rotten).doesNotExist();
    repository.getBlob(digest).expect(200);
  }

  /** Pushes a blob that nobody came back for. */
  private Digest pushStale() {
    Digest digest = registry.newRepository().pushBlob(Blobs.random(10));
    age(digest, "10 days");
    return digest;
  }

  private void hold() {
    database.update(
        "INSERT INTO collection_hold (id, reason, expires_at)"
            + " VALUES (gen_random_uuid(), 'a backup of a test', now() + interval '10 minutes')");
    assertThat(holds.areLive()).isTrue();
  }

  private void collect() {
    while (reclamation.condemn(100, GRACE) > 0) {}
    while (reclamation.reclaim(100, Duration.ZERO) > 0) {}
  }

  private void age(Digest digest, String age) {
    database.update(
        """
        UPDATE repository_blob l SET touched_at = now() - ?::interval FROM blob b
         WHERE b.id = l.blob_id AND b.digest = ?
        """,
        age,
        digest.toString());
  }

  private StorageKey key(Digest digest) {
    return database.one(
        "SELECT storage_key FROM blob WHERE digest = ? ORDER BY condemned_at NULLS FIRST",
        row -> new StorageKey(row.getString(1)),
        digest.toString());
  }

  private Path file(Digest digest) {
    return Path.of(ConfigProvider.getConfig().getValue("orlop.data", String.class), "blobs")
        .resolve(key(digest).value());
  }
}
