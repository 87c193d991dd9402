package io.orlop.storage;

import io.orlop.oci.DigestAlgorithm;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps immutable blobs by key, and stages uploads until they become blobs.
 *
 * <p>All methods may block and are safe for concurrent use; one upload has one writer at a time,
 * which the caller sees to. Failures of the store are {@link StorageException}s, translated by type
 * and status at the driver's edge.
 */
public interface BlobStore {

  /**
   * Starts staging an upload.
   *
   * @param algorithms what to compute while bytes arrive; SHA-256 is always computed
   */
  BlobWriter create(UUID upload, Set<DigestAlgorithm> algorithms);

  /**
   * Takes up a staged upload where it was acknowledged, also after a restart. Bytes beyond the
   * offset are dropped. Does not read the staged bytes: that waits until something needs them.
   *
   * @throws StorageException of kind {@code NOT_FOUND} if fewer bytes are staged than acknowledged
   */
  BlobWriter resume(StagedUpload upload);

  /** Drops what is staged of an upload. Does nothing when there is nothing. */
  void discard(UUID upload);

  /**
   * Opens a blob for reading.
   *
   * @throws StorageException of kind {@code NOT_FOUND} if there is none
   */
  BlobReader open(StorageKey key);

  /** Deletes a blob's bytes. Does nothing when there are none. */
  void delete(StorageKey key);

  /** Reads the store's marker, which says which database the store belongs to. */
  Optional<String> marker();

  /** Writes the marker, durably. Called once in a store's life. */
  void writeMarker(String marker);

  /**
   * Checks that the store can be written to.
   *
   * @throws StorageException that says why it can not
   */
  void checkWritable();

  /**
   * Refuses new upload bytes when the store is nearly full.
   *
   * @throws StorageException of kind {@code NO_SPACE}, with a message that says what to free
   */
  void checkSpace();
}
