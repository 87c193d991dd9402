package io.orlop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.platform.trace.Tracing;
import io.orlop.storage.filesystem.FilesystemBlobStore;
import io.orlop.storage.s3.S3Driver;
import io.orlop.storage.s3.S3Settings;
import io.orlop.testsupport.objectstore.ObjectStore;
import io.orlop.testsupport.objectstore.S3ProxyStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredBlobStoreTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @TempDir private Path data;

  private BlobStore open() {
    return new MeasuredBlobStore(
        FilesystemBlobStore.open(data, new SpaceReserve(0, 0)),
        new StorageMeters(registry, Tracing.off(), StorageType.FILESYSTEM));
  }

  /** A method with a body of its own in the interface would else never reach the driver. */
  @Test
  void handsOverEveryMethodOfAStore() {
    assertThat(BlobStore.class.getMethods())
        .filteredOn(method -> method.getDeclaringClass() == BlobStore.class)
        .allMatch(MeasuredBlobStoreTest::isHandedOver);
  }

  private static boolean isHandedOver(Method method) {
    return Arrays.stream(MeasuredBlobStore.class.getDeclaredMethods())
        .anyMatch(own ->
            own.getName().equals(method.getName())
                && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
  }

  @Test
  void timesWhatAPushAsksOfTheStore() throws IOException {
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    try (BlobStore store = open();
        BlobWriter writer = store.create(UUID.randomUUID(), Set.of(DigestAlgorithm.SHA256))) {
      assertThat(writer.append(new ByteArrayInputStream(content))).isEqualTo(content.length);
      store.open(writer.commit(Digest.of(content))).close();
    }

    assertThat(timed("append")).isEqualTo(1);
    assertThat(timed("commit")).isEqualTo(1);
    assertThat(timed("open")).isEqualTo(1);
    assertThat(timed("delete")).isZero();
  }

  @Test
  void countsWhatTheStoreCannotDo() {
    StorageKey missing = StorageKey.of(Digest.of(new byte[] {1}), "0");
    try (BlobStore store = open()) {
      assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store.open(missing));
    }

    assertThat(failed("filesystem", "open", "not_found")).isEqualTo(1);
    assertThat(timed("open")).isEqualTo(1);
  }

  @Test
  void timesTheFirstBytesOfAStream() throws IOException {
    try (BlobStore store = open()) {
      StorageKey key = put(store, 300_000);
      try (BlobReader reader = store.open(key);
          InputStream whole = reader.stream(0, 300_000);
          InputStream part = reader.stream(100, 200_000)) {
        assertThat(whole.readAllBytes()).isEqualTo(TestBody.of(1, 300_000).readAllBytes());
        assertThat(part.readNBytes(10)).hasSize(10);
        assertThat(part.skip(1000)).isEqualTo(1000);
        assertThat(part.readAllBytes()).isEqualTo(TestBody.part(1, 1110, 200_100).readAllBytes());
      }
    }

    assertThat(timed("read")).isEqualTo(2);
    assertThat(timed("open")).isEqualTo(1);
  }

  @Test
  void fileThatIsNotStreamedIsNotRead() throws IOException {
    try (BlobStore store = open();
        BlobReader reader = store.open(put(store, 10), 10)) {
      assertThat(reader.file()).isPresent();
      assertThat(reader.size()).isEqualTo(10);
    }

    assertThat(timed("open")).isEqualTo(1);
    assertThat(timed("read")).isZero();
  }

  @Test
  void aLookForASizeIsNoOpening() throws IOException {
    try (BlobStore store = open()) {
      assertThat(store.size(put(store, 10))).hasValue(10);
    }

    assertThat(timed("size")).isEqualTo(1);
    assertThat(timed("open")).isZero();
  }

  @Test
  void countsAReadThatFailsInTheMiddle() throws IOException {
    try (BlobStore store = open();
        BlobReader reader = store.open(put(store, 300_000));
        InputStream stream = reader.stream(0, 300_000)) {
      assertThat(stream.readNBytes(new byte[100_000], 0, 100_000)).isEqualTo(100_000);
      try (var file = FileChannel.open(reader.file().orElseThrow(), StandardOpenOption.WRITE)) {
        file.truncate(100_000);
      }
      assertThatExceptionOfType(StorageException.class).isThrownBy(stream::readAllBytes);
    }

    assertThat(failed("filesystem", "read", "unavailable")).isEqualTo(1);
    assertThat(timed("read")).isEqualTo(1);
  }

  @Test
  void countsAStreamThatCannotBegin() throws IOException {
    try (BlobStore store = open();
        BlobReader reader = store.open(put(store, 10))) {
      Files.delete(reader.file().orElseThrow());
      assertThatExceptionOfType(StorageException.class).isThrownBy(() -> reader.stream(0, 10));
    }

    assertThat(failed("filesystem", "read", "not_found")).isEqualTo(1);
  }

  /** There opening asks for nothing, and the first byte tells of everything. */
  @Test
  void timesTheReadsOfABucket() throws IOException {
    try (ObjectStore server = S3ProxyStore.over(data)) {
      server.createBucket("measured");
      try (BlobStore store =
          new MeasuredBlobStore(
              S3Driver.open(S3Settings.of(server, "measured").config()),
              new StorageMeters(registry, Tracing.off(), StorageType.S3))) {
        StorageKey key = put(store, 300_000);
        try (BlobReader reader = store.open(key, 300_000);
            InputStream stream = reader.stream(0, 300_000)) {
          assertThat(stream.readAllBytes()).hasSize(300_000);
        }
        assertThat(timed("read")).isEqualTo(1);
        assertThat(
                registry
                    .get("orlop.storage.operation")
                    .tags("driver", "s3", "operation", "read")
                    .timer()
                    .totalTime(TimeUnit.MICROSECONDS))
            .isGreaterThan(100);

        store.delete(key);
        try (BlobReader reader = store.open(key, 300_000);
            InputStream stream = reader.stream(0, 300_000)) {
          assertThatExceptionOfType(StorageException.class).isThrownBy(stream::readAllBytes);
        }
        assertThat(timed("read")).isEqualTo(2);
        assertThat(failed("s3", "read", "not_found")).isEqualTo(1);
        assertThat(failed("s3", "open", "not_found")).isZero();
      }
    }
  }

  private static StorageKey put(BlobStore store, int size) throws IOException {
    StorageKey key = StorageKey.of(TestBody.digestOf(1, size), "1");
    store.put(key, size, TestBody.of(1, size));
    return key;
  }

  private double failed(String driver, String operation, String kind) {
    return registry
        .get("orlop.storage.failures")
        .tags("driver", driver, "operation", operation, "kind", kind)
        .counter()
        .count();
  }

  private long timed(String operation) {
    return registry.get("orlop.storage.operation").tag("operation", operation).timer().count();
  }
}
