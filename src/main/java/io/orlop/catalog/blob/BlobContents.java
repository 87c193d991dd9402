package io.orlop.catalog.blob;

import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageException;
import io.orlop.storage.VerifiedStream;
import io.orlop.storage.WrongBytesException;
import io.orlop.storage.WrongSizeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads blobs for clients, and marks those whose bytes turn out to be gone or wrong on the way.
 * Holds neither a transaction nor a connection while bytes move.
 */
@ApplicationScoped
public class BlobContents {
  private final BlobStore store;
  private final StorePresence presence;
  private final DamagedBlobs damaged;
  private final SmallBlobs small;

  BlobContents(BlobStore store, StorePresence presence, DamagedBlobs damaged, SmallBlobs small) {
    this.small = small;
    this.store = store;
    this.presence = presence;
    this.damaged = damaged;
  }

  /** Returns where a client may read the blob from the store itself; empty if it may not. */
  public Optional<URI> temporaryUrl(BlobInfo blob) {
    return store.temporaryUrl(blob.key());
  }

  /** Tells whether a blob is better read at once than sent piece by piece. */
  public static boolean isSmall(BlobInfo blob) {
    return blob.size() <= SmallBlobs.LARGEST;
  }

  /** Returns the bytes of a small blob if they are in memory; nobody may change them. */
  public Optional<byte[]> kept(BlobInfo blob) {
    return Optional.ofNullable(small.find(blob.key()));
  }

  /**
   * Looks for the file that holds a blob, in the caller's own thread; empty if the blob is no file,
   * or not as it should be: {@link #open} says what is wrong with it.
   */
  public Optional<Path> file(BlobInfo blob) {
    try (BlobReader reader = store.open(blob.key(), blob.size())) {
      return reader.file();
    } catch (StorageException _) {
      return Optional.empty();
    }
  }

  /**
   * Reads a small blob, whose bytes nobody may change.
   *
   * @throws RegistryException as {@link #copy}
   */
  public byte[] read(BlobInfo blob) {
    byte[] kept = small.find(blob.key());
    if (kept != null) {
      return kept;
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream((int) blob.size());
    try {
      copy(blob, 0, blob.size(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] bytes = output.toByteArray();
    small.keep(blob.key(), bytes);
    return bytes;
  }

  /**
   * Opens a blob whose row was just read. Of a blob that is no file, nothing may be asked before it
   * is read: read it by {@link #reading} or {@link #copy}.
   *
   * @throws RegistryException BLOB_DAMAGED if the bytes are gone or not as many as were stored,
   *     UNAVAILABLE if the whole store is away or the blob has just got other bytes
   */
  public BlobReader open(BlobInfo blob) {
    try {
      return store.open(blob.key(), blob.size());
    } catch (StorageException e) {
      throw found(blob, e);
    }
  }

  /** What is done with an opened blob. */
  @FunctionalInterface
  public interface Reading {
    /** Reads it, and writes what is read. */
    void read(BlobReader reader) throws IOException;
  }

  /**
   * Opens a blob and reads of it.
   *
   * @throws RegistryException as {@link #open}, which may come before the first byte
   * @throws IOException if the bytes cannot be written
   */
  public void reading(BlobInfo blob, Reading reading) throws IOException {
    try (BlobReader reader = open(blob)) {
      reading.read(reader);
    } catch (StorageException e) {
      throw found(blob, e);
    }
  }

  private RuntimeException found(BlobInfo blob, StorageException failure) {
    if (failure instanceof WrongSizeException) {
      return damaged(blob, Damage.LENGTH).causedBy(failure);
    }
    return failure.kind() == StorageException.Kind.NOT_FOUND ? missing(blob, failure) : failure;
  }

  /**
   * Copies a part of a blob. If the part is the whole blob, its last bytes are written only when
   * the digest is right.
   *
   * @throws RegistryException BLOB_DAMAGED if the digest is wrong
   * @throws IOException if the bytes cannot be written
   */
  public void copy(BlobInfo blob, long offset, long length, OutputStream output)
      throws IOException {
    try {
      reading(
          blob,
          reader -> {
            try (InputStream bytes = stream(blob, reader, offset, length)) {
              bytes.transferTo(output);
            }
          });
    } catch (WrongBytesException e) {
      throw damaged(blob, Damage.CONTENT).causedBy(e);
    }
  }

  private static InputStream stream(BlobInfo blob, BlobReader reader, long offset, long length) {
    InputStream bytes = reader.stream(offset, length);
    return length == blob.size() ? new VerifiedStream(bytes, blob.digest(), length) : bytes;
  }

  private RegistryException missing(BlobInfo blob, StorageException cause) {
    if (!presence.isHere()) {
      return ErrorCode.UNAVAILABLE
          .exception("the store of blobs is away, try again")
          .causedBy(cause);
    }
    return damaged.mark(blob.digest(), blob.key(), Damage.MISSING)
        ? refusal(blob).causedBy(cause)
        : ErrorCode.UNAVAILABLE.exception("the blob has just been replaced, try again");
  }

  private RegistryException damaged(BlobInfo blob, Damage damage) {
    boolean _ = damaged.mark(blob.digest(), blob.key(), damage);
    return refusal(blob);
  }

  static RegistryException refusal(BlobInfo blob) {
    return ErrorCode.BLOB_DAMAGED.exception(
        ErrorCode.BLOB_DAMAGED.defaultMessage(), Map.of("digest", blob.digest().toString()));
  }
}
