package io.orlop.storage.filesystem;

import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageConfig;
import io.orlop.storage.StorageDriver;
import io.orlop.storage.StorageType;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps blobs under the data folder. */
@Singleton
class FilesystemDriver implements StorageDriver {
  private final Path data;
  private final StorageConfig config;

  FilesystemDriver(
      @ConfigProperty(name = "orlop.data", defaultValue = "data") Path data, StorageConfig config) {
    this.data = data;
    this.config = config;
  }

  @Override
  public StorageType type() {
    return StorageType.FILESYSTEM;
  }

  @Override
  public BlobStore open() {
    return FilesystemBlobStore.open(data, config.reserve());
  }
}
