package io.orlop.storage.s3;

import io.orlop.storage.StorageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** The parts of one object, a few of them on their way at a time. One thread hands them in. */
final class PartRequests {
  private static final int AT_ONCE = 4;

  private final ExecutorService threads;
  private final Deque<CompletableFuture<CompletedPart>> running = new ArrayDeque<>();
  private final List<CompletedPart> done = new ArrayList<>();

  PartRequests(ExecutorService threads) {
    this.threads = threads;
  }

  /**
   * Begins a part; waits while too many are on their way.
   *
   * @throws StorageException if one of those before failed; then the new one is not begun
   */
  void begin(Supplier<CompletedPart> part) {
    while (running.size() >= AT_ONCE) {
      done.add(join(running.removeFirst()));
    }
    running.add(CompletableFuture.supplyAsync(part, threads));
  }

  /** Waits for all parts. */
  List<CompletedPart> finish() {
    while (!running.isEmpty()) {
      done.add(join(running.removeFirst()));
    }
    return done;
  }

  /** Waits until none is on its way, whatever becomes of them. */
  void settle() {
    for (CompletableFuture<CompletedPart> part : running) {
      boolean _ = part.handle((_, _) -> true).join();
    }
    running.clear();
  }

  private static CompletedPart join(CompletableFuture<CompletedPart> part) {
    try {
      return part.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StorageException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
