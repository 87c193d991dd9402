package io.orlop.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobWriter;
import io.orlop.storage.ParkedDigests;
import io.orlop.storage.StagedUpload;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageException.Kind;
import io.orlop.storage.StorageKey;
import io.orlop.storage.TestBody;
import io.orlop.storage.WrongSizeException;
import io.orlop.testsupport.objectstore.ObjectStore;
import io.orlop.testsupport.objectstore.S3ProxyStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.s3.S3Client;

/** What the store is asked while a client waits. Each request costs time and money; lists most. */
class RequestsTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path folder;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private ObjectStore server;
  private S3BlobStore store;

  @BeforeEach
  void open() {
    server = S3ProxyStore.over(folder);
    server.createBucket("requests");
    S3Client client =
        server.client(
            new ExecutionInterceptor() {
              @Override
              public void beforeTransmission(
                  Context.BeforeTransmission context, ExecutionAttributes attributes) {
                requests.add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
              }
            });
    Bucket bucket =
        new Bucket(
            client, "requests", Encryption.NONE, null, null, new S3Failures("s3proxy", "requests"));
    store =
        new S3BlobStore(
            new S3Parts(
                bucket,
                BucketLayout.of("/"),
                PartSizes.DEFAULT,
                new PartBuffers(64 * MIB, PartSizes.DEFAULT.buffer()),
                new ParkedDigests(100),
                Executors.newVirtualThreadPerTaskExecutor()),
            Optional.empty());
  }

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void aBlobThatFitsIntoABufferIsStoredByOneRequest() throws IOException {
    try (BlobWriter writer = store.create(UUID.randomUUID(), Set.of())) {
      writer.append(TestBody.of(1, MIB));
      writer.commit(TestBody.digestOf(1, MIB));
    }

    assertThat(requests).containsExactly("PutObject");
  }

  @Test
  void aBlobThatIsPushedAsDockerDoesItIsCopiedOnce() throws IOException {
    StagedUpload staged = patch(20 * MIB);
    assertThat(requests)
        .containsExactlyInAnyOrder(
            "CreateMultipartUpload",
            "UploadPart",
            "UploadPart",
            "UploadPart",
            "CompleteMultipartUpload");
    requests.clear();

    try (BlobWriter writer = store.resume(staged)) {
      writer.commit(TestBody.digestOf(1, 20 * MIB));
    }

    assertThat(requests).containsExactly("HeadObject", "CopyObject", "DeleteObject");
  }

  @Test
  void anUploadIsDroppedWithoutAList() throws IOException {
    StagedUpload staged = patch(MIB);
    requests.clear();

    try (BlobWriter writer = store.resume(staged)) {
      writer.cancel();
    }

    assertThat(requests).containsExactly("HeadObject", "DeleteObject");
  }

  @Test
  void aBlobIsReadByTwoRequests() throws IOException {
    StorageKey key = StorageKey.of(TestBody.digestOf(1, MIB), "1");
    store.put(key, MIB, TestBody.of(1, MIB));
    requests.clear();

    try (BlobReader reader = store.open(key);
        var stream = reader.stream(10, MIB - 10)) {
      stream.readAllBytes();
    }

    assertThat(requests).containsExactly("HeadObject", "GetObject");
  }

  @Test
  void aBlobOfKnownSizeIsReadByOneRequest() throws IOException {
    StorageKey key = StorageKey.of(TestBody.digestOf(1, MIB), "1");
    store.put(key, MIB, TestBody.of(1, MIB));
    requests.clear();

    try (BlobReader reader = store.open(key, MIB);
        var stream = reader.stream(0, MIB)) {
      stream.readAllBytes();
    }

    assertThat(requests).containsExactly("GetObject");
  }

  @Test
  void aBlobOfAnotherSizeThanKnownGivesNoByte() throws IOException {
    StorageKey key = StorageKey.of(TestBody.digestOf(1, MIB), "1");
    store.put(key, MIB, TestBody.of(1, MIB));

    for (long known : List.of(MIB - 1L, MIB + 1L)) {
      for (long offset : List.of(0L, known - 1)) {
        try (BlobReader reader = store.open(key, known);
            var stream = reader.stream(offset, known - offset)) {
          assertThatThrownBy(stream::read).isInstanceOf(WrongSizeException.class);
        }
      }
    }
  }

  @Test
  void aBlobThatIsGoneIsMissedWhenItIsRead() {
    StorageKey key = StorageKey.of(TestBody.digestOf(1, MIB), "1");
    try (BlobReader reader = store.open(key, MIB)) {
      assertThatThrownBy(() -> reader.stream(0, MIB).read())
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }
  }

  private StagedUpload patch(long size) throws IOException {
    try (BlobWriter writer = store.create(UUID.randomUUID(), Set.of())) {
      writer.append(TestBody.of(1, size));
      return writer.state();
    }
  }
}
