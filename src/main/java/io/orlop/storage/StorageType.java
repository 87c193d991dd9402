package io.orlop.storage;

import java.util.Locale;

/** Where blobs are kept, in one place for all of them. */
public enum StorageType {
  /** In files below the data folder, which one process has for itself. */
  FILESYSTEM,
  /** In a bucket of an S3-compatible object store, which any number of processes may share. */
  S3;

  /** Returns how the type is written in settings, metrics and the API. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
