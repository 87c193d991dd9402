package io.orlop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orlop.platform.trace.Tracing;
import io.orlop.storage.StorageException.Kind;
import io.orlop.storage.filesystem.FilesystemBlobStore;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreProducerTest {
  @TempDir private Path data;

  private static StorageConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .withMapping(StorageConfig.class)
        .build()
        .getConfigMapping(StorageConfig.class);
  }

  private record Driver(StorageType type, Path data) implements StorageDriver {
    @Override
    public BlobStore open() {
      return FilesystemBlobStore.open(data, new SpaceReserve(0, 0));
    }
  }

  @Test
  void hasDefaultsForEverySetting() {
    StorageConfig config = config(Map.of());

    assertThat(config.type()).isEqualTo(StorageType.FILESYSTEM);
    assertThat(config.reserve()).isEqualTo(new SpaceReserve(1L << 30, 2));
    assertThat(config.uploadBuffers().asLongValue()).isEqualTo(32L << 20);
  }

  @Test
  void readsEverySetting() {
    StorageConfig config =
        config(
            Map.of(
                "orlop.storage.type", "s3",
                "orlop.storage.reserve", "10%,5G",
                "orlop.storage.upload-buffers", "8M"));

    assertThat(config.type()).isEqualTo(StorageType.S3);
    assertThat(config.reserve()).isEqualTo(new SpaceReserve(5L << 30, 10));
    assertThat(config.uploadBuffers().asLongValue()).isEqualTo(8L << 20);
  }

  @Test
  void opensTheStoreOfTheChosenType() {
    try (BlobStore store =
        new BlobStoreProducer()
            .blobStore(
                config(Map.of()),
                List.of(new Driver(StorageType.FILESYSTEM, data)),
                new SimpleMeterRegistry(),
                Tracing.off())) {
      store.checkWritable();
    }

    assertThat(data.resolve("blobs")).isDirectory();
  }

  @Test
  void saysSoWhenTheBuildLacksTheDriver() {
    StorageConfig config = config(Map.of("orlop.storage.type", "s3"));

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() ->
            new BlobStoreProducer()
                .blobStore(
                    config,
                    List.of(new Driver(StorageType.FILESYSTEM, data)),
                    new SimpleMeterRegistry(),
                    Tracing.off()))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED))
        .withMessageContaining("orlop.storage.type=s3")
        .withMessageContaining("ORLOP_STORAGE_TYPE=filesystem");
  }
}
