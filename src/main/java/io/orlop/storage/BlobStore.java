package io.orlop.storage;

import io.orlop.oci.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps immutable blobs by key, and stages uploads until they become blobs.
 *
 * <p>All methods may block and are safe for concurrent use; one upload has one writer at a time,
 * which the caller sees to. Failures of the store are {@link StorageException}s, translated by type
 * and status at the driver's edge.
 */
public interface BlobStore extends AutoCloseable {

  /**
   * Starts staging an upload. Touches nothing yet: the first byte or the commit does.
   *
   * @param algorithms what to compute while bytes arrive; SHA-256 is always computed
   */
  BlobWriter create(UUID upload, Set<DigestAlgorithm> algorithms);

  /**
   * Takes up a staged upload where it was acknowledged, also after a restart. Bytes beyond the
   * offset are dropped. Does not read the staged bytes: that waits until something needs them.
   *
   * @param upload what {@link BlobWriter#state} returned, which made the bytes up to the offset
   *     durable
   * @throws StorageException of kind {@code NOT_FOUND} if fewer bytes are staged than acknowledged
   */
  BlobWriter resume(StagedUpload upload);

  /**
   * Drops what is staged of an upload, found by its id alone. Does nothing when there is nothing.
   * May list the store: never to be called while a client waits, who has {@link BlobWriter#cancel}.
   */
  void discard(UUID upload);

  /**
   * Finds staged uploads that nobody has written to since a moment, for the job that discards those
   * which no session owns. Lists the store: never to be called while a client waits.
   *
   * @param limit how many at most
   * @return in no order; call again after discarding them
   */
  List<UUID> stagedBefore(Instant moment, int limit);

  /**
   * Opens a blob for reading.
   *
   * @throws StorageException of kind {@code NOT_FOUND} if there is none
   */
  BlobReader open(StorageKey key);

  /**
   * Opens a blob whose size is known. Where each look costs a request, the store is asked only when
   * the blob is read: what it says then is thrown by the streams.
   *
   * @param size of the blob, in bytes
   * @throws StorageException of kind {@code NOT_FOUND}, here or by a stream, if there is none
   * @throws WrongSizeException here or by a stream if it has another size
   */
  default BlobReader open(StorageKey key, long size) {
    BlobReader reader = open(key);
    if (reader.size() != size) {
      reader.close();
      throw new WrongSizeException(key.value(), size, null);
    }
    return reader;
  }

  /** Returns the size of a stored blob in bytes; empty if there is none. */
  OptionalLong size(StorageKey key);

  /**
   * Stores the bytes of a blob that come from another store, under the key that they have there,
   * durably. If that fails, there is what was there before or all of these bytes, never a part.
   *
   * @throws IOException if the bytes cannot be read, are fewer or more than {@code size}, or do not
   *     have the digest that the key names
   * @throws StorageException if the bytes cannot be written
   */
  void put(StorageKey key, long size, InputStream bytes) throws IOException;

  /**
   * Returns an address that anybody can read the blob at for a while, from the store itself; empty
   * where the store has no address of its own or is not meant to be read directly. Does not look
   * whether the blob is there.
   */
  default Optional<URI> temporaryUrl(StorageKey key) {
    return Optional.empty();
  }

  /**
   * Returns from how many bytes on it takes longer to store a blob in vain than to ask the database
   * whether it is here.
   */
  default long worthAsking() {
    return 0;
  }

  /**
   * Deletes a blob's bytes, durably: when this returns, a power cut does not bring them back. Does
   * nothing when there are none.
   */
  void delete(StorageKey key);

  /** Reads the store's marker, which says which database the store belongs to. */
  Optional<String> marker();

  /** Writes the marker, durably, replacing an older one. */
  void writeMarker(String marker);

  /**
   * Checks that the store can be written to.
   *
   * @throws StorageException that says why it can not
   */
  void checkWritable();

  /**
   * Refuses new upload bytes when the store is nearly full. {@link BlobWriter#append} asks again
   * while bytes arrive; reading and deleting never ask.
   *
   * @throws StorageException of kind {@code NO_SPACE}, with a message that says what to free
   */
  void checkSpace();

  /** Lets go of threads and connections. No other method is called afterwards. */
  @Override
  void close();
}
