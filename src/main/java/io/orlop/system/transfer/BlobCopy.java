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
import java.util.Optional;
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
   * @param bytes how many bytes the copied blobs have
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
    return run(list, "copied", false);
  }

  /**
   * Does the same, and reads what is there already. Wrong bytes stay until the right ones take
   * their place in one step; what cannot be read now is reported and left alone.
   */
  public Outcome runVerifying(BlobList list) throws IOException, SQLException {
    return run(list, "checked", true);
  }

  private Outcome run(BlobList list, String verb, boolean verify) throws IOException, SQLException {
    BlobList.Totals totals = list.totals();
    try (Progress progress = new Progress(console, verb, totals.blobs(), totals.bytes())) {
      Run run = new Run(verify, progress);
      BlobWork.run(list, parallel, console.interruption(), run::take);
      return run.outcome();
    }
  }

  /** One run along a list, by several threads. */
  private final class Run {
    private final BlobCheck check = new BlobCheck(target, parallel, console);
    private final BlobFailures failures = new BlobFailures(console);
    private final AtomicLong copied = new AtomicLong();
    private final AtomicLong present = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final boolean verify;
    private final Progress progress;

    Run(boolean verify, Progress progress) {
      this.verify = verify;
      this.progress = progress;
    }

    Outcome outcome() {
      return new Outcome(copied.get(), present.get(), failures.count(), bytes.get());
    }

    void take(StoredBlob blob) {
      boolean there = target.size(blob.key()).equals(OptionalLong.of(blob.size()));
      if (there && !verify) {
        present.incrementAndGet();
        progress.skipped(blob.size());
        return;
      }
      try {
        if (there) {
          verify(blob);
        } else {
          copy(blob);
        }
        failures.pass();
      } catch (IOException e) {
        failures.report(blob, e);
      } finally {
        progress.done();
      }
    }

    private void verify(StoredBlob blob) throws IOException {
      Optional<String> fault = check.fault(blob, progress);
      if (fault.isEmpty()) {
        present.incrementAndGet();
        return;
      }
      try {
        copy(blob);
      } catch (IOException e) {
        throw new IOException(
            "the copy is wrong (%s) and stays, for the right bytes are not at hand: %s"
                .formatted(fault.get(), e.getMessage()),
            e);
      }
      console.tell(
          "WRONG %s: %s; copied again".formatted(BlobFailures.describe(blob), fault.get()));
    }

    private void copy(StoredBlob blob) throws IOException {
      try (BlobReader reader = open(blob.key());
          InputStream whole = reader.stream(0, reader.size());
          InputStream stream = new SourceStream(whole, progress, console.interruption())) {
        target.put(blob.key(), blob.size(), stream);
      }
      copied.incrementAndGet();
      bytes.addAndGet(blob.size());
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
