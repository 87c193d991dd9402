package io.orlop.storage;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** One opened blob. */
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
   */
  InputStream stream(long offset, long length);

  @Override
  void close();
}
