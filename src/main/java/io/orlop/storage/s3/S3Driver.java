package io.orlop.storage.s3;

import io.orlop.storage.BlobStore;
import io.orlop.storage.ParkedDigests;
import io.orlop.storage.StorageDriver;
import io.orlop.storage.StorageType;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Keeps blobs in a bucket. */
@Singleton
public class S3Driver implements StorageDriver {
  private static final int PARKED_UPLOADS = 10_000;

  private final S3Config config;
  private volatile @Nullable S3BlobStore opened;

  S3Driver(S3Config config) {
    this.config = config;
  }

  @Override
  public StorageType type() {
    return StorageType.S3;
  }

  @Override
  public BlobStore open() {
    S3BlobStore store = open(config, PartSizes.DEFAULT);
    opened = store;
    return store;
  }

  /** Returns the store, if it is the one that was chosen. */
  Optional<S3BlobStore> opened() {
    return Optional.ofNullable(opened);
  }

  /**
   * Opens a store where there is no container, as in commands.
   *
   * @throws io.orlop.storage.StorageException if the settings are wrong
   */
  public static BlobStore open(S3Config config) {
    return open(config, PartSizes.DEFAULT);
  }

  static S3BlobStore open(S3Config config, PartSizes sizes) {
    S3Connection connection = new S3Connection(config);
    Optional<TemporaryUrls> urls = connection.temporaryUrls();
    return new S3BlobStore(
        new S3Parts(
            connect(connection, config),
            BucketLayout.of(config.prefix()),
            sizes,
            new PartBuffers(config.uploadBuffers().asLongValue(), sizes.buffer()),
            new ParkedDigests(PARKED_UPLOADS),
            Executors.newVirtualThreadPerTaskExecutor()),
        urls);
  }

  static Bucket connect(S3Connection connection, S3Config config) {
    return new Bucket(
        connection.client(),
        connection.bucket(),
        connection.encryption(),
        config.storageClass().orElse(null),
        connection.partChecksum().orElse(null),
        new S3Failures(connection.store(), connection.bucket()));
  }
}
