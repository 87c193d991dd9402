package io.orlop.storage;

import io.orlop.oci.Digest;
import java.io.IOException;
import java.io.InputStream;

/**
 * Writes one staged upload. Ends in {@link #commit}, {@link #cancel}, or neither: closing leaves
 * the staged bytes for {@link BlobStore#resume}.
 */
public interface BlobWriter extends AutoCloseable {

  /** Returns how many bytes are staged. */
  long offset();

  /**
   * Appends a body until its end, hashing on the way. Never holds more than two buffers of it.
   *
   * <p>When the body breaks off or the store fills up, the bytes that were written until then stay
   * staged and count in {@link #offset}.
   *
   * @return how many bytes were appended
   * @throws IOException if the body cannot be read: the client went away
   * @throws StorageException if the bytes cannot be written; of kind {@code NO_SPACE} if the store
   *     is nearly full, of kind {@code NOT_FOUND} if the staged bytes had to be read again and are
   *     not those that were acknowledged
   */
  long append(InputStream body) throws IOException;

  /**
   * Returns what to record so that the upload can be taken up again: offset and digests so far.
   * They survive this process, but need not survive a power cut: whoever takes the upload up and
   * cannot be certain of the staged bytes compares them with these digests.
   *
   * @throws StorageException if the bytes cannot be kept staged
   */
  StagedUpload state();

  /**
   * Tells whether the staged bytes have this digest. Reads them again only if the digest's
   * algorithm was not computed while they arrived.
   *
   * @throws StorageException if they have to be read and cannot be, or are not those that were
   *     acknowledged
   */
  boolean matches(Digest digest);

  /**
   * Makes the staged bytes a blob, durably: when this returns, the bytes survive a power cut. The
   * caller has checked {@link #matches}. Two commits of one digest make two blobs.
   *
   * @return the key under which the bytes are from now on
   * @throws IllegalArgumentException if the staged bytes do not have the digest; they stay staged
   */
  StorageKey commit(Digest digest);

  /** Drops the staged bytes. Does nothing once the writer has ended. */
  void cancel();

  /**
   * Releases what the writer holds in memory and open files. Staged bytes stay, unless they became
   * a blob: those may be dropped only here, so that commit and link can be tried again.
   */
  @Override
  void close();
}
