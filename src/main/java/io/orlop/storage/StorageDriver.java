package io.orlop.storage;

/** Makes the store of one type; a bean of each driver, so that a new driver touches no other. */
public interface StorageDriver {

  /** Returns the type that the driver serves. */
  StorageType type();

  /**
   * Makes the store from the driver's own settings. Called once, for the chosen type alone.
   *
   * @throws StorageException if the settings are wrong or the store cannot be reached
   */
  BlobStore open();
}
