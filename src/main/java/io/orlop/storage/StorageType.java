package io.orlop.storage;

import java.util.Locale;

/** Where blobs are kept. */
public enum StorageType {
  /** In a folder of this machine. */
  FILESYSTEM,
  /** In a bucket of an S3-compatible object store. */
  S3;

  /** Returns how the type is written in settings. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
