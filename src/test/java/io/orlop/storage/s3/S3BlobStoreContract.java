package io.orlop.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.AbstractBlobStoreTest;
import io.orlop.storage.BlobStore;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageKey;
import io.orlop.storage.TestBody;
import io.orlop.testsupport.objectstore.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a store in a bucket does besides what every store does. */
abstract class S3BlobStoreContract extends AbstractBlobStoreTest {
  private static final int MIB = 1 << 20;

  /** The smallest sizes that S3 allows, so that little data takes every way. */
  private static final PartSizes SMALL = new PartSizes(5 * MIB, 5 * MIB, 8 * MIB, 10_000, 3);

  private final String bucket = "orlop-" + UUID.randomUUID();
  private boolean created;

  /** The server, which keeps running. */
  abstract ObjectStore server();

  @Override
  protected BlobStore openStore() {
    if (!created) {
      server().createBucket(bucket);
      created = true;
    }
    return S3Driver.open(settings().config(), SMALL);
  }

  S3Settings settings() {
    return S3Settings.of(server(), bucket).with("prefix", "registry");
  }

  private List<String> keys() {
    try (S3Client client = server().client()) {
      return client.listObjectsV2Paginator(r -> r.bucket(bucket)).contents().stream()
          .map(S3Object::key)
          .toList();
    }
  }

  @Test
  void keepsABlobUnderThePrefixAndItsKey() throws IOException {
    StorageKey key = put("abc");

    assertThat(keys()).containsExactly("registry/blobs/" + key);
  }

  @Test
  void leavesNothingStagedOnceABlobIsStored() throws IOException {
    long size = 23L * MIB + 1;
    StagedUpload staged = stageChunks(size, 6L * MIB);

    StorageKey key;
    try (BlobWriter writer = store().resume(staged)) {
      key = writer.commit(TestBody.digestOf(3, size));
    }

    assertThat(keys()).containsExactly("registry/blobs/" + key);
    assertThat(digestOf(key)).isEqualTo(TestBody.digestOf(3, size));
  }

  @Test
  void canEndAnUploadAgainWhenTheProcessDiesAfterTheBlobIsStored() throws IOException {
    long size = 23L * MIB + 1;
    StagedUpload staged = stageChunks(size, 6L * MIB);
    BlobWriter died = store().resume(staged);
    died.commit(TestBody.digestOf(3, size));

    try (BlobWriter other = store().resume(staged)) {
      assertThat(digestOf(other.commit(TestBody.digestOf(3, size))))
          .isEqualTo(TestBody.digestOf(3, size));
    }
  }

  @Test
  void assemblesChunksThatAreTooShortToBeParts() throws IOException {
    long size = 17L * MIB + 7;
    StagedUpload staged = stageChunks(size, 2L * MIB + 1);

    try (BlobWriter writer = store().resume(staged)) {
      assertThat(digestOf(writer.commit(TestBody.digestOf(3, size))))
          .isEqualTo(TestBody.digestOf(3, size));
    }
  }

  @Test
  void assemblesManyTinyChunks() throws IOException {
    StagedUpload staged = stageChunks(100, 1);

    try (BlobWriter writer = store().resume(staged)) {
      assertThat(digestOf(writer.commit(TestBody.digestOf(3, 100))))
          .isEqualTo(TestBody.digestOf(3, 100));
    }
    assertThat(keys()).hasSize(1);
  }

  @Test
  void joinsPiecesSoThatWhatIsRecordedOfThemStaysShort() throws IOException {
    StagedUpload staged = stageChunks(31L * MIB, 5L * MIB);

    assertThat(Pieces.parse(staged.driverState()).current()).hasSizeLessThanOrEqualTo(3);
    try (BlobWriter writer = store().resume(staged)) {
      assertThat(digestOf(writer.commit(TestBody.digestOf(3, 31L * MIB))))
          .isEqualTo(TestBody.digestOf(3, 31L * MIB));
    }
  }

  /** Sends a body in chunks, each in a request of its own. */
  private StagedUpload stageChunks(long size, long chunk) throws IOException {
    StagedUpload staged;
    try (BlobWriter writer = create()) {
      staged = writer.state();
    }
    for (long from = 0; from < size; from += chunk) {
      try (BlobWriter writer = store().resume(staged)) {
        writer.append(TestBody.part(3, from, Math.min(size, from + chunk)));
        staged = writer.state();
      }
    }
    return staged;
  }

  @Test
  void neitherOfTwoWritersOverwritesWhatTheOtherHasAcknowledged() throws IOException {
    StagedUpload begun = stage("begun, ");
    try (BlobWriter first = store().resume(begun);
        BlobWriter second = store().resume(begun)) {
      first.append(TestBody.text("first"));
      second.append(TestBody.text("other"));
      StagedUpload acknowledged = first.state();
      second.state();

      try (BlobWriter writer = store().resume(acknowledged)) {
        assertThat(read(writer.commit(TestBody.digestOf("begun, first"))))
            .isEqualTo("begun, first");
      }
    }
  }

  @Test
  void storesWhatComesFromAnotherStoreUnderItsKey() throws IOException {
    Digest digest = TestBody.digestOf(4, 11L * MIB);
    StorageKey key = StorageKey.of(digest, "7");

    store().put(key, 11L * MIB, TestBody.of(4, 11L * MIB));

    assertThat(store().size(key)).hasValue(11L * MIB);
    assertThat(digestOf(key)).isEqualTo(digest);
    assertThat(keys()).containsExactly("registry/blobs/" + key);
  }

  @Test
  void abortsWhatACrashLeftUnfinished() {
    S3BlobStore store = (S3BlobStore) store();
    Bucket objects = S3Driver.connect(new S3Connection(settings().config()), settings().config());
    String abandoned = "registry/blobs/abandoned";
    MultipartObject unfinished = objects.begin(abandoned, Bucket.Stay.LONG);
    unfinished.send(1, new byte[5 * MIB], 5 * MIB);

    assertThat(store.abortUnfinishedBefore(Instant.now().minus(1, ChronoUnit.DAYS))).isZero();
    assertThat(store.abortUnfinishedBefore(Instant.now().plus(1, ChronoUnit.DAYS)))
        .isEqualTo(listsUnfinishedUploads() ? 1 : 0);
    objects.close();
  }

  @Test
  void leavesUnfinishedUploadsOfOthersAloneWhenItHasNoPrefix() {
    S3Settings settings = settings().with("prefix", "/");
    Bucket objects = S3Driver.connect(new S3Connection(settings.config()), settings.config());
    objects.begin("blobs/abandoned", Bucket.Stay.LONG).send(1, new byte[MIB], MIB);
    objects.begin("uploads/abandoned/1", Bucket.Stay.SHORT).send(1, new byte[MIB], MIB);
    MultipartObject foreign = objects.begin("backups/monday", Bucket.Stay.LONG);
    foreign.send(1, new byte[MIB], MIB);

    try (S3BlobStore store = S3Driver.open(settings.config(), SMALL)) {
      assertThat(store.abortUnfinishedBefore(Instant.now().plus(1, ChronoUnit.DAYS)))
          .isEqualTo(listsUnfinishedUploads() ? 2 : 0);
    }
    assertThat(
            objects
                .client()
                .listParts(r -> r.bucket(bucket).key(foreign.key()).uploadId(foreign.upload()))
                .parts())
        .hasSize(1);
    objects.close();
  }

  /** Whether the server tells what is unfinished without being told the object. */
  abstract boolean listsUnfinishedUploads();

  @Test
  void computesADigestThatWasNotAskedForOverAllPieces() throws IOException {
    long size = 13L * MIB;
    StagedUpload staged = stageChunks(12L * MIB, 6L * MIB);
    Digest sha512 = TestBody.digestOf(DigestAlgorithm.SHA512, TestBody.of(3, size));

    try (BlobWriter writer = store().resume(staged)) {
      writer.append(TestBody.part(3, 12L * MIB, size));
      assertThat(writer.matches(sha512)).isTrue();
      assertThat(store().size(writer.commit(sha512))).hasValue(size);
    }
  }
}
