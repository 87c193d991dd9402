package io.orlop.storage;

import io.micrometer.core.instrument.MeterRegistry;
import io.orlop.platform.trace.Tracing;
import io.quarkus.arc.All;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Chooses the driver that {@code orlop.storage.type} names, and measures what it makes. */
@Dependent
class BlobStoreProducer {

  @Produces
  @Singleton
  BlobStore blobStore(
      StorageConfig config,
      @All List<StorageDriver> drivers,
      MeterRegistry registry,
      Tracing tracing) {
    BlobStore store =
        drivers.stream()
            .filter(driver -> driver.type() == config.type())
            .findFirst()
            .orElseThrow(() -> missing(config.type()))
            .open();
    return new MeasuredBlobStore(store, new StorageMeters(registry, tracing, config.type()));
  }

  void close(@Disposes BlobStore store) {
    store.close();
  }

  private static StorageException missing(StorageType type) {
    return new StorageException(
        StorageException.Kind.MISCONFIGURED,
        "This build has no driver for orlop.storage.type="
            + type.wireName()
            + " yet: set ORLOP_STORAGE_TYPE=filesystem or leave it out.",
        null);
  }
}
