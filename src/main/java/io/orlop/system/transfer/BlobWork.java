package io.orlop.system.transfer;

import io.orlop.system.console.Interruption;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does something with every blob of a list, several at once. */
final class BlobWork {

  /** What is done with a blob. A failure of it ends the work. */
  interface Step {
    void run(StoredBlob blob);
  }

  private final BlobList.Walk walk;
  private final Step step;
  private final Interruption interruption;
  private boolean broken;

  private BlobWork(BlobList.Walk walk, Step step, Interruption interruption) {
    this.walk = walk;
    this.step = step;
    this.interruption = interruption;
  }

  /**
   * Does it, and returns when all is done.
   *
   * @param parallel how many at once
   * @throws io.orlop.system.console.InterruptedCommandException if it shall end before that
   */
  static void run(BlobList list, int parallel, Interruption interruption, Step step)
      throws IOException, SQLException {
    try (BlobList.Walk walk = list.walk();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      BlobWork work = new BlobWork(walk, step, interruption);
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < parallel; i++) {
        workers.add(
            threads.submit(() -> {
              work.work();
              return null;
            }));
      }
      for (Future<?> worker : workers) {
        await(worker);
      }
    }
  }

  private static void await(Future<?> worker) throws IOException, SQLException {
    try {
      worker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while blobs are worked on", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case IOException cause -> throw cause;
        case SQLException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private void work() throws IOException, SQLException {
    try {
      for (Optional<StoredBlob> blob = next(); blob.isPresent(); blob = next()) {
        step.run(blob.get());
      }
    } catch (IOException | SQLException | RuntimeException | Error e) {
      stop();
      throw e;
    }
  }

  private synchronized Optional<StoredBlob> next() throws IOException, SQLException {
    interruption.check();
    return broken ? Optional.empty() : walk.next();
  }

  private synchronized void stop() {
    broken = true;
  }
}
