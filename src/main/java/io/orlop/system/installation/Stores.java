package io.orlop.system.installation;

import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageType;
import io.orlop.storage.filesystem.FilesystemBlobStore;
import io.orlop.storage.s3.S3Driver;

/** Opens stores by the settings of their drivers; several may be open at once. */
public final class Stores {
  private Stores() {}

  /**
   * Opens the store of a type, whichever type the server uses.
   *
   * @throws io.orlop.storage.StorageException if its settings are wrong or it cannot be reached
   */
  public static BlobStore open(StorageType type, CommandSettings settings) {
    return switch (type) {
      case FILESYSTEM -> FilesystemBlobStore.open(settings.data(), settings.storage().reserve());
      case S3 -> S3Driver.open(settings.s3());
    };
  }
}
