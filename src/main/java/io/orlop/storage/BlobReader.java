package io.orlop.storage;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One opened blob. Streams of it must not be used after it is closed.
 *
 * <p>A stream reads in large pieces and may be used from a virtual thread: waiting for the store
 * does not hold its carrier. It throws {@link StorageException}, never an {@link
 * java.io.IOException}, when the store fails or the blob turns out shorter than its size.
 */
public interface BlobReader extends AutoCloseable {

  /** Returns the blob's size in bytes. */
  long size();

  /** Returns the file that holds the blob, if it is one, so that the kernel can send it. */
  Optional<Path> file();

  /**
   * Streams a part of the blob.
   *
   * @param offset the first byte
   * @param length how many bytes; {@code offset + length} is at most the size
   * @throws IndexOutOfBoundsException if the part is not within the blob
   */
  InputStream stream(long offset, long length);

  @Override
  void close();
}
