package io.orlop.system.transfer;

import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageException;
import io.orlop.system.console.Console;
import io.orlop.system.console.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.sql.SQLException;

/** Reads blobs and compares them with their digests. */
public final class BlobCheck {
  private static final int PIECE = 256 * 1024;

  private final BlobStore store;
  private final int parallel;
  private final Console console;

  /** What is done with a blob that is not what it should be, after it was reported. */
  @FunctionalInterface
  public interface Reaction {
    /** Does it. */
    void on(StoredBlob damaged);
  }

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
   * @return how many are missing or are not what their digest says
   */
  public long run(BlobList list) throws IOException, SQLException {
    return run(list, false, _ -> {});
  }

  /**
   * Reads every blob of a list that the store has at all.
   *
   * @return how many are not what their digest says
   */
  public long runOnPresent(BlobList list, Reaction reaction) throws IOException, SQLException {
    return run(list, true, reaction);
  }

  private long run(BlobList list, boolean onlyPresent, Reaction reaction)
      throws IOException, SQLException {
    BlobList.Totals totals = list.totals();
    BlobFailures failures = new BlobFailures(console);
    try (Progress progress = new Progress(console, "checked", totals.blobs(), totals.bytes())) {
      BlobWork.run(
          list,
          parallel,
          console.interruption(),
          blob -> {
            if (onlyPresent && store.size(blob.key()).isEmpty()) {
              progress.skipped(blob.size());
            } else if (!check(blob, progress, failures)) {
              reaction.on(blob);
            }
          });
    }
    return failures.count();
  }

  private boolean check(StoredBlob blob, Progress progress, BlobFailures failures) {
    try (BlobReader reader = store.open(blob.key())) {
      if (reader.size() != blob.size()) {
        throw new IOException("there are " + reader.size() + " bytes");
      }
      requireDigest(blob, reader, progress);
      failures.pass();
      return true;
    } catch (IOException | StorageException e) {
      failures.report(blob, e);
      return false;
    } finally {
      progress.done();
    }
  }

  private void requireDigest(StoredBlob blob, BlobReader reader, Progress progress)
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
    if (!Digest.soFar(algorithm, digest).equals(expected)) {
      throw new IOException("the bytes have another digest");
    }
  }
}
