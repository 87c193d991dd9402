package io.orlop.storage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.orlop.platform.trace.Tracing;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Times and traces what a store is asked to do, and counts what it fails at. */
final class StorageMeters {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofMillis(2500),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60)
  };

  /** What takes time. */
  enum Operation {
    /** Opens a blob; of a size that is known, a bucket is not asked before it is read. */
    OPEN,
    /** Brings the first bytes of a blob that is streamed; fails later too. */
    READ,
    /** Looks for a blob's size. */
    SIZE,
    /** Takes up a staged upload. */
    RESUME,
    /** Writes a body; waits for its client too. */
    APPEND,
    /** Makes staged bytes durable. */
    STATE,
    /** Reads staged bytes again, if their digest has to be computed. */
    MATCH,
    /** Makes staged bytes a blob. */
    COMMIT,
    /** Drops staged bytes. */
    DISCARD,
    /** Deletes a blob. */
    DELETE,
    /** Looks for forgotten uploads. */
    LIST,
    /** Reads or writes the store's marker. */
    MARKER,
    /** Looks whether the store works, and has room. */
    CHECK
  }

  private final MeterRegistry registry;
  private final Tracing tracing;
  private final String driver;
  private final Map<Operation, Timer> timers = new EnumMap<>(Operation.class);

  StorageMeters(MeterRegistry registry, Tracing tracing, StorageType type) {
    this.tracing = tracing;
    this.registry = registry;
    this.driver = type.wireName();
    for (Operation operation : Operation.values()) {
      timers.put(operation, timer(operation));
      for (StorageException.Kind kind : StorageException.Kind.values()) {
        // A series that begins with its first failure has no rate.
        failed(operation, kind).increment(0);
      }
    }
  }

  /** What a store does. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** What a store does without a result. */
  @FunctionalInterface
  interface Deed {
    void run();
  }

  /** Measures an operation. */
  <T, E extends Exception> T measure(Operation operation, Work<T, E> work) throws E {
    Tracing.Part part = tracing.part("storage ", operation);
    long begun = System.nanoTime();
    try {
      return work.run();
    } catch (StorageException e) {
      failed(operation, e);
      part.failed();
      throw e;
    } finally {
      Objects.requireNonNull(timers.get(operation))
          .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
      part.close();
    }
  }

  /** Measures an operation without a result. */
  void perform(Operation operation, Deed deed) {
    measure(
        operation,
        () -> {
          deed.run();
          return true;
        });
  }

  /** Counts what failed behind what is measured. */
  void failed(Operation operation, StorageException failure) {
    failed(operation, failure.kind()).increment();
  }

  private Timer timer(Operation operation) {
    return Timer.builder("orlop.storage.operation")
        .description(
            "How long the store took; append waits for its client too, read for the first bytes")
        .tags("driver", driver, "operation", name(operation))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Counter failed(Operation operation, StorageException.Kind kind) {
    return Counter.builder("orlop.storage.failures")
        .description("What the store could not do, by why")
        .tags("driver", driver, "operation", name(operation), "kind", name(kind))
        .register(registry);
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
