package io.orlop.notify.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orlop.platform.persistence.DatabaseException;
import io.orlop.platform.persistence.Followed;
import io.orlop.platform.settings.Settings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries in batches, on a thread of its own, a quarter of a second after the first of them
 * or as soon as they are many. Whoever hands one over never waits: what finds no room is lost, and
 * counted.
 */
@ApplicationScoped
class AuditWriter {
  private static final Logger LOG = Logger.getLogger(AuditWriter.class);
  private static final int BATCH = 500;
  private static final long GATHER_MILLIS = 250;
  private static final long GATHER_LOOK_MILLIS = 10;
  private static final long RETRY_MILLIS = 1_000;
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);
  private static final long COMPLAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Consumer<List<AuditEntry>> table;
  private final Rules rules;
  private final BlockingQueue<Waiting> queue;
  private final KnownTexts texts = new KnownTexts();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Counter written;
  private final Counter dropped;
  private final AtomicLong complainedAt = new AtomicLong(System.nanoTime() - COMPLAIN_NANOS);
  private volatile @Nullable Thread thread;

  /**
   * An entry that waits.
   *
   * @param rules what was to be written when it happened; null if that was not known by heart
   */
  private record Waiting(AuditEntry entry, @Nullable AuditRules rules) {}

  /** Knows what is to be written. */
  interface Rules {
    /** Returns what is to be written now; may read the database. */
    AuditRules get();

    /** Returns the same, unless it would have to be read within a transaction or an event loop. */
    Optional<AuditRules> known();
  }

  @Inject
  AuditWriter(AuditTable table, Settings settings, AuditConfig config, MeterRegistry meters) {
    this(table::insert, following(settings), config.buffer(), meters);
  }

  /**
   * Makes a writer.
   *
   * @param table takes entries; throws {@link DatabaseException}
   * @param room how many entries may wait
   */
  AuditWriter(Consumer<List<AuditEntry>> table, Rules rules, int room, MeterRegistry meters) {
    this.table = table;
    this.rules = rules;
    this.queue = new ArrayBlockingQueue<>(room);
    this.written =
        Counter.builder("orlop.audit.written")
            .description("Entries written to the audit log")
            .register(meters);
    this.dropped =
        Counter.builder("orlop.audit.dropped")
            .description("Entries of the audit log that were lost, since the database took none")
            .register(meters);
    Gauge.builder("orlop.audit.waiting", queue, BlockingQueue::size)
        .description("Entries that wait to be written to the audit log")
        .register(meters);
  }

  private static Rules following(Settings settings) {
    Followed<AuditRules> followed = settings.derive(AuditRules::of);
    return new Rules() {
      @Override
      public AuditRules get() {
        return followed.get();
      }

      @Override
      public Optional<AuditRules> known() {
        return Context.isOnEventLoopThread() ? followed.atHand() : followed.known();
      }
    };
  }

  void start(@Observes StartupEvent event) {
    start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stop();
  }

  void start() {
    thread = Thread.ofVirtual().name("orlop-audit").start(this::run);
  }

  /** Waits until all is written that can be: by now nobody is served any more. */
  void stop() throws InterruptedException {
    stopping.countDown();
    Thread running = thread;
    if (running != null) {
      boolean _ = running.join(LAST_PATIENCE);
      if (!queue.isEmpty()) {
        lose(queue.size());
      }
    }
  }

  /** Takes an entry, without waiting for anything. */
  void write(AuditEntry entry) {
    AuditRules known = known();
    boolean wanted = known == null || known.allow(entry);
    if (wanted && !queue.offer(new Waiting(texts.share(entry), known))) {
      lose(1);
    }
  }

  private @Nullable AuditRules known() {
    try {
      return rules.known().orElse(null);
    } catch (DatabaseException e) {
      return null; // Whoever writes the entry asks again.
    }
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>();
    try {
      while (stopping.getCount() > 0 || !queue.isEmpty()) {
        gather(batch);
        if (!batch.isEmpty()) {
          writeAll(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void gather(List<Waiting> batch) throws InterruptedException {
    Waiting first = queue.poll(GATHER_MILLIS, TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      long begun = System.nanoTime();
      // What waits for long is copied by each collection of the young generation meanwhile.
      while (queue.size() < BATCH - 1
          && System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS)
          && !stopping.await(GATHER_LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        // More may come.
      }
      queue.drainTo(batch, BATCH - 1);
    }
  }

  private void writeAll(List<Waiting> batch) throws InterruptedException {
    while (!tryWrite(batch)) {
      if (stopping.await(RETRY_MILLIS, TimeUnit.MILLISECONDS) && !tryWrite(batch)) {
        lose(batch.size());
        return;
      }
    }
  }

  /** Returns whether the batch is done with; false if it should be tried again. */
  private boolean tryWrite(List<Waiting> batch) {
    try {
      List<AuditEntry> entries = wanted(batch);
      if (!entries.isEmpty()) {
        table.accept(entries);
        written.increment(entries.size());
      }
      return true;
    } catch (DatabaseException e) {
      return switch (e.kind()) {
        case UNAVAILABLE, CONFLICT -> false;
        case UNIQUE_VIOLATION, FOREIGN_KEY_VIOLATION, INVALID_TEXT, OTHER -> {
          LOG.errorf(e, "%d entries of the audit log cannot be written", batch.size());
          lose(batch.size());
          yield true;
        }
      };
    } catch (RuntimeException e) {
      // One batch that cannot be written must not end the writing of all others.
      LOG.errorf(e, "%d entries of the audit log cannot be written", batch.size());
      lose(batch.size());
      return true;
    }
  }

  private List<AuditEntry> wanted(List<Waiting> batch) {
    AuditRules current = rules.get();
    return batch.stream()
        .filter(
            waiting -> Optional.ofNullable(waiting.rules()).orElse(current).allow(waiting.entry()))
        .map(Waiting::entry)
        .toList();
  }

  private void lose(int entries) {
    dropped.increment(entries);
    long now = System.nanoTime();
    long before = complainedAt.get();
    if (now - before >= COMPLAIN_NANOS && complainedAt.compareAndSet(before, now)) {
      LOG.error("Entries of the audit log are lost: the database does not take them");
    }
  }
}
