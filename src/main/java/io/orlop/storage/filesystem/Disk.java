package io.orlop.storage.filesystem;

import io.orlop.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The platform threads on which files are read, written and synced, and the one place where an
 * {@link IOException} of the file system becomes a {@link StorageException}.
 *
 * <p>Queues need no bound of their own: a caller has at most one operation of each kind under way.
 * Never wait for one operation within another: all threads of a lane could be waiting.
 */
final class Disk implements AutoCloseable {

  /** Operations that must not wait for each other have threads of their own. */
  enum Lane {
    /** Hashing and writing: bound by processors. */
    WRITE(Math.max(2, Runtime.getRuntime().availableProcessors())),
    /** Waiting for the device: more threads let it join what it is asked for. */
    SYNC(16),
    /** Reading, which an upload must never hold up. */
    READ(Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));

    private final int threads;

    Lane(int threads) {
      this.threads = threads;
    }
  }

  private static final int BUFFER_BYTES = 128 * 1024;

  /** What is done on a lane. */
  interface Action<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** What is done on a lane and answers nothing. */
  interface Step {
    void run() throws IOException;
  }

  private final DiskFailures failures;
  private final ThreadPoolExecutor writing = threads(Lane.WRITE);
  private final ThreadPoolExecutor syncing = threads(Lane.SYNC);
  private final ThreadPoolExecutor reading = threads(Lane.READ);

  private final ThreadLocal<ByteBuffer> buffers =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(BUFFER_BYTES));

  Disk(DiskFailures failures) {
    this.failures = failures;
  }

  /**
   * Returns a buffer of 128 KiB for an operation on a lane, good until it ends: each thread has
   * one.
   */
  ByteBuffer buffer() {
    return buffers.get();
  }

  private ThreadPoolExecutor threadsOf(Lane lane) {
    return switch (lane) {
      case WRITE -> writing;
      case SYNC -> syncing;
      case READ -> reading;
    };
  }

  private static ThreadPoolExecutor threads(Lane lane) {
    String name = "orlop-disk-" + lane.name().toLowerCase(Locale.ROOT) + "-";
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            lane.threads,
            lane.threads,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name(name, 1).daemon().factory());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Tells, within an operation of a lane, whether it is the only one there; an estimate. */
  boolean isAlone(Lane lane) {
    return threadsOf(lane).getActiveCount() == 1;
  }

  /**
   * Begins an operation.
   *
   * @param what what is done, for "Cannot … path" when it fails
   */
  <T extends @Nullable Object> CompletableFuture<T> start(
      Lane lane, String what, Path path, Action<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      threadsOf(lane).execute(() -> complete(result, what, path, action));
    } catch (RejectedExecutionException e) {
      throw closed(what, path, e);
    }
    return result;
  }

  private static StorageException closed(String what, Path path, @Nullable Throwable cause) {
    return new StorageException(
        StorageException.Kind.UNAVAILABLE,
        "Cannot " + what + " " + path + ": the store is closed.",
        cause);
  }

  private <T extends @Nullable Object> void complete(
      CompletableFuture<T> result, String what, Path path, Action<T> action) {
    try {
      result.complete(here(what, path, action));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  /** Does a step in the calling thread, one of a lane, and tells a result how it went. */
  void completeHere(CompletableFuture<@Nullable Void> result, String what, Path path, Step step) {
    complete(result, what, path, answering(step));
  }

  /** Does an operation and waits for it. */
  <T extends @Nullable Object> T call(Lane lane, String what, Path path, Action<T> action) {
    return join(start(lane, what, path, action));
  }

  /** Does an operation that answers nothing and waits for it. */
  void run(Lane lane, String what, Path path, Step step) {
    join(begin(lane, what, path, step));
  }

  /** Does what has nothing to wait for in the caller's own thread, also when this is closed. */
  void runHere(String what, Path path, Step step) {
    here(what, path, answering(step));
  }

  /** Does what has nothing to wait for, and answers, in the caller's own thread. */
  <T extends @Nullable Object> T callHere(String what, Path path, Action<T> action) {
    if (reading.isShutdown()) {
      throw closed(what, path, null);
    }
    return here(what, path, action);
  }

  private <T extends @Nullable Object> T here(String what, Path path, Action<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw failures.translate(what, path, e);
    }
  }

  private static Action<@Nullable Void> answering(Step step) {
    return () -> {
      step.run();
      return null;
    };
  }

  /** Begins an operation that answers nothing. */
  CompletableFuture<@Nullable Void> begin(Lane lane, String what, Path path, Step step) {
    return start(lane, what, path, answering(step));
  }

  /**
   * Waits for an operation. An interruption does not cut the wait short, since buffers and files
   * are in use until it is over; it is kept for the caller.
   */
  static <T extends @Nullable Object> T join(CompletableFuture<T> operation) {
    try {
      return operation.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  /**
   * Waits a while for an operation. An interruption does not cut it short, as with {@link #join}.
   *
   * @return whether it is over, well or not
   */
  static boolean isOverWithin(Duration time, CompletableFuture<?> operation) {
    long end = System.nanoTime() + time.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          operation.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          return true;
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (TimeoutException _) {
          return false;
        } catch (ExecutionException | CancellationException _) {
          return true; // Why it failed, join tells.
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits until an operation is over, well or not. */
  static void settle(CompletableFuture<?> operation) {
    operation.handle((_, _) -> true).join();
  }

  /** Lets running operations end and takes no more. */
  @Override
  public void close() {
    writing.shutdown();
    syncing.shutdown();
    reading.shutdown();
  }
}
