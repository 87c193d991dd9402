package io.orlop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.platform.trace.Tracing;
import io.orlop.storage.filesystem.FilesystemBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
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

    assertThat(
            registry
                .get("orlop.storage.failures")
                .tags("driver", "filesystem", "operation", "open", "kind", "not_found")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(timed("open")).isEqualTo(1);
  }

  private long timed(String operation) {
    return registry.get("orlop.storage.operation").tag("operation", operation).timer().count();
  }
}
