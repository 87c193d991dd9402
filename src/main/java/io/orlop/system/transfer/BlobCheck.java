package io.orlop.system.transfer;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageException;
import io.orlop.storage.WrongSizeException;
import io.orlop.system.console.Console;
import io.orlop.system.console.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Optional;

/** Reads blobs and compares them with their digests. */
public final class BlobCheck {
  private static final int PIECE = 256 * 1024;

  private final BlobStore store;
  private final int parallel;
  private final Console console;

  /**
   * Checks blobs of a store.
   *
   * @param parallel how many at once
   */
  public BlobCheck(BlobStore store, int parallel, Console console) {
    this.store = store;
    this.parallel = parallel;
    this.console = console;
  }

  /**
   * Reads every blob of a list.
   *
   * @return how many are missing, are not what their digest says or cannot be read
   */
  public long run(BlobList list) throws IOException, SQLException {
    BlobList.Totals totals = list.totals();
    BlobFailures failures = new BlobFailures(console);
    try (Progress progress = new Progress(console, "checked", totals.blobs(), totals.bytes())) {
      BlobWork.run(list, parallel, console.interruption(), blob -> check(blob, progress, failures));
    }
    return failures.count();
  }

  private void check(StoredBlob blob, Progress progress, BlobFailures failures) {
    try {
      Optional<String> fault = fault(blob, progress);
      if (fault.isPresent()) {
        throw new IOException(fault.get());
      }
      failures.pass();
    } catch (IOException e) {
      failures.report(blob, e);
    } finally {
      progress.done();
    }
  }

  /**
   * Reads a blob.
   *
   * @return what is wrong with it, or that it is missing; empty if it is well
   * @throws IOException if it cannot be read now, which says nothing about its bytes
   */
  Optional<String> fault(StoredBlob blob, Progress progress) throws IOException {
    try (BlobReader reader = store.open(blob.key())) {
      if (reader.size() != blob.size()) {
        return Optional.of("there are " + reader.size() + " bytes");
      }
      return hasDigest(blob, reader, progress)
          ? Optional.empty()
          : Optional.of("the bytes have another digest");
    } catch (StorageException e) {
      return faultOf(e);
    } catch (IOException e) {
      if (e.getCause() instanceof StorageException cause) {
        return faultOf(cause);
      }
      throw e;
    }
  }

  private static Optional<String> faultOf(StorageException failure) throws IOException {
    if (failure instanceof WrongSizeException
        || failure.kind() == StorageException.Kind.NOT_FOUND) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
    throw new IOException(failure.getMessage(), failure);
  }

  private boolean hasDigest(StoredBlob blob, BlobReader reader, Progress progress)
      throws IOException {
    Digest expected = blob.key().digest();
    DigestAlgorithm algorithm = expected.algorithm();
    MessageDigest digest = algorithm.newMessageDigest();
    byte[] piece = new byte[Math.clamp(blob.size(), 1, PIECE)];
    try (InputStream stream = reader.stream(0, blob.size());
        InputStream bytes = new SourceStream(stream, progress, console.interruption())) {
      for (int count = bytes.read(piece); count >= 0; count = bytes.read(piece)) {
        digest.update(piece, 0, count);
      }
    }
    return Digest.soFar(algorithm, digest).equals(expected);
  }
}
