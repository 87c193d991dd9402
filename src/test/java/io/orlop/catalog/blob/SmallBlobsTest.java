package io.orlop.catalog.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.TestRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class SmallBlobsTest {
  private static final int SIZE = 1000;

  @Inject TestRegistry registry;
  @Inject Database database;

  @Inject
  @ConfigProperty(name = "orlop.data")
  Path data;

  private final byte[] content = Blobs.random(SIZE);
  private RepositoryClient repository;
  private Digest digest;
  private Path file;

  @BeforeEach
  void pushBlob() {
    repository = registry.newRepository();
    digest = repository.pushBlob(content);
    String key =
        database.one(
            "SELECT storage_key FROM blob WHERE digest = ?",
            row -> row.getString(1),
            digest.toString());
    file = data.resolve("blobs").resolve(key);
  }

  @AfterEach
  void heal() throws IOException {
    Files.write(file, content);
    database.update(
        "UPDATE blob SET damaged_at = NULL, damage = NULL WHERE digest = ?", digest.toString());
  }

  private void flipLastBit() throws IOException {
    byte[] rotten = content.clone();
    rotten[SIZE - 1] ^= 1;
    Files.write(file, rotten);
  }

  @Test
  void damagedBlobIsRefusedAndItsBytesAreNotKept() throws IOException {
    flipLastBit();
    repository.getBlob(digest).expectError(500, "BLOB_UNKNOWN");
    heal();
    assertThat(repository.getBlob(digest).expect(200).bytes()).isEqualTo(content);
  }

  @Test
  void partOfADamagedBlobIsRefusedToo() throws IOException {
    flipLastBit();
    repository.getBlob(digest, "bytes=0-9").expectError(500, "BLOB_UNKNOWN");
  }

  @Test
  void shortBlobIsRefused() throws IOException {
    Files.write(file, Arrays.copyOf(content, SIZE - 1));
    repository.getBlob(digest).expectError(500, "BLOB_UNKNOWN");
  }

  @Test
  void blobThatWasReadIsKeptForThoseWhoMayReadIt() throws IOException {
    repository.getBlob(digest).expect(200);
    Files.delete(file);
    assertThat(repository.getBlob(digest).expect(200).bytes()).isEqualTo(content);
    registry.newRepository().getBlob(digest).expect(404);
    repository.deleteBlob(digest).expect(202);
    repository.getBlob(digest).expectError(404, "BLOB_UNKNOWN");
  }

  @Test
  void blobThatIsKnownToBeDamagedIsRefusedThoughItsBytesWereKept() {
    repository.getBlob(digest).expect(200);
    database.update(
        "UPDATE blob SET damaged_at = now(), damage = 'content' WHERE digest = ?",
        digest.toString());
    repository.getBlob(digest).expectError(500, "BLOB_UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=5-9, 5, 9",
    "bytes=-3, 997, 999",
    "bytes=990-, 990, 999",
    "bytes=0-5000, 0, 999",
  })
  void partsAreCutOutOfTheWhole(String range, int first, int last) {
    for (int i = 0; i < 2; i++) {
      assertThat(
              repository
                  .getBlob(digest, range)
                  .expect(206)
                  .expectHeader("Content-Range", "bytes " + first + "-" + last + "/" + SIZE)
                  .expectHeader("Content-Length", last - first + 1)
                  .bytes())
          .isEqualTo(Arrays.copyOfRange(content, first, last + 1));
    }
    assertThat(repository.getBlob(digest).expect(200).bytes()).isEqualTo(content);
  }

  @Test
  void partBehindTheEndIsRefused() {
    repository.getBlob(digest, "bytes=1000-").expect(416);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, SmallBlobs.LARGEST, SmallBlobs.LARGEST + 1})
  void blobsOfEverySizeAroundTheLimitComeWhole(int size) {
    byte[] bytes = Blobs.random(size);
    Digest other = repository.pushBlob(bytes);
    for (int i = 0; i < 2; i++) {
      assertThat(repository.getBlob(other).expect(200).expectHeader("Content-Length", size).bytes())
          .isEqualTo(bytes);
    }
  }
}
