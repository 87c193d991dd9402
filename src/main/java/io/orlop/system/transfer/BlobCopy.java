package io.orlop.system.transfer;

import io.orlop.storage.BlobReader;
import io.orlop.storage.BlobStore;
import io.orlop.storage.StorageException;
import io.orlop.storage.StorageKey;
import io.orlop.system.console.Console;
import io.orlop.system.console.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Copies blobs from one store to another under the same keys; those that are there stay. */
public final class BlobCopy {
  private final BlobStore source;
  private final BlobStore target;
  private final int parallel;
  private final Console console;

  /**
   * Copies between two stores.
   *
   * @param parallel how many blobs at once
   */
  public BlobCopy(BlobStore source, BlobStore target, int parallel, Console console) {
    this.source = source;
    this.target = target;
    this.parallel = parallel;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param copied how many blobs were copied
   * @param present how many were there already
   * @param failed how many could not be read, or are not what their digest says
   * @param bytes how many bytes were read from the source
   */
  public record Outcome(long copied, long present, long failed, long bytes) {}

  /**
   * Copies the blobs of a list that are not there yet, which their size tells. Each is hashed on
   * its way. One that cannot be read is reported, and the others go on.
   *
   * @throws StorageException if the target fails
   * @throws io.orlop.system.console.InterruptedCommandException if it shall end; what was copied
   *     stays
   */
  public Outcome run(BlobList list) throws IOException, SQLException {
    BlobList.Totals totals = list.totals();
    BlobFailures failures = new BlobFailures(console);
    AtomicLong copied = new AtomicLong();
    AtomicLong present = new AtomicLong();
    try (Progress progress = new Progress(console, "copied", totals.blobs(), totals.bytes())) {
      BlobWork.run(
          list,
          parallel,
          console.interruption(),
          blob -> {
            if (isThere(blob)) {
              present.incrementAndGet();
              progress.skipped(blob.size());
            } else if (copy(blob, progress, failures)) {
              copied.incrementAndGet();
            }
          });
      return new Outcome(copied.get(), present.get(), failures.count(), progress.bytesMoved());
    }
  }

  private boolean isThere(StoredBlob blob) {
    return target.size(blob.key()).equals(OptionalLong.of(blob.size()));
  }

  private boolean copy(StoredBlob blob, Progress progress, BlobFailures failures) {
    try (BlobReader reader = open(blob.key());
        InputStream stream = reader.stream(0, reader.size());
        InputStream bytes = new SourceStream(stream, progress, console.interruption())) {
      target.put(blob.key(), blob.size(), bytes);
      failures.pass();
      return true;
    } catch (IOException e) {
      failures.report(blob, e);
      return false;
    } finally {
      progress.done();
    }
  }

  private BlobReader open(StorageKey key) throws IOException {
    try {
      return source.open(key);
    } catch (StorageException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
