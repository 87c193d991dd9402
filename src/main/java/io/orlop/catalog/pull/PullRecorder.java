package io.orlop.catalog.pull;

import io.orlop.catalog.RepositoryRef;
import io.orlop.oci.Digest;
import io.orlop.oci.Reference;
import io.orlop.platform.persistence.Followed;
import io.orlop.platform.settings.Settings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Remembers pulls until they are written, every few seconds and when the process ends in order. A
 * pull never waits for it. Each process writes its own.
 */
@ApplicationScoped
public class PullRecorder {
  private static final Logger LOG = Logger.getLogger(PullRecorder.class);

  private static final int SECONDS_BETWEEN = 3;

  /** Pulls of more different things than this between two writes are not counted. */
  private static final int MOST = 100_000;

  private final PullWriter writer;
  private final Followed<Rules> rules;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("orlop-pulls").daemon().factory());

  /** Whoever asks for a flush waits for one that is running: it may have taken the own pulls. */
  private final ReentrantLock writing = new ReentrantLock();

  private Map<Pulled, Count> gathered = new HashMap<>();

  PullRecorder(PullWriter writer, Settings settings) {
    this.rules = settings.derive(Rules::of);
    this.writer = writer;
  }

  /**
   * What was pulled.
   *
   * @param tag by which tag; empty if by digest
   */
  record Pulled(RepositoryRef repository, Digest digest, String tag) {}

  /**
   * How often something was pulled, as far as the settings wanted it at that moment.
   *
   * @param last when it last was
   * @param shown when it last was for those who look; the epoch for nothing
   */
  record Count(long pulls, Instant last, Instant shown) {
    Count and(Count other) {
      return new Count(pulls + other.pulls, later(last, other.last), later(shown, other.shown));
    }

    private static Instant later(Instant one, Instant other) {
      return one.isAfter(other) ? one : other;
    }
  }

  void start(@Observes StartupEvent event) {
    var _ =
        executor.scheduleWithFixedDelay(
            this::tryToFlush, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    tryToFlush();
  }

  @PreDestroy
  void end() {
    executor.shutdownNow();
  }

  /**
   * What is kept of pulls.
   *
   * @param counted whether they are counted
   * @param shown whether the time of the last one is
   */
  public record Rules(boolean counted, boolean shown) {
    private static Rules of(Settings settings) {
      return new Rules(!settings.pullCountUpdateDisable(), !settings.pullTimeUpdateDisable());
    }
  }

  /** Returns what the settings want now; may read the database. */
  public Rules rules() {
    return rules.get();
  }

  /** Returns the same if it need not be read. */
  public Optional<Rules> rulesAtHand() {
    return rules.atHand();
  }

  /**
   * Counts a pull of a manifest.
   *
   * @param wanted what the settings wanted when it was pulled, not when that is written
   */
  public void pulled(RepositoryRef repository, Reference reference, Digest digest, Rules wanted) {
    String tag =
        switch (reference) {
          case Reference.ByTag byTag -> byTag.name().value();
          case Reference.ByDigest _ -> "";
        };
    if (wanted.counted() || wanted.shown()) {
      Instant now = Instant.now();
      Count count = new Count(wanted.counted() ? 1 : 0, now, wanted.shown() ? now : Instant.EPOCH);
      add(new Pulled(repository, digest, tag), count);
    }
  }

  private synchronized void add(Pulled pulled, Count count) {
    if (gathered.size() < MOST || gathered.containsKey(pulled)) {
      gathered.merge(pulled, count, Count::and);
    }
  }

  private synchronized Map<Pulled, Count> take() {
    Map<Pulled, Count> taken = gathered;
    gathered = new HashMap<>();
    return taken;
  }

  private void tryToFlush() {
    try {
      flush();
    } catch (RuntimeException e) {
      LOG.warn("Pulls cannot be counted yet", e);
    }
  }

  /** Writes what was gathered so far; what cannot be written is kept for the next time. */
  public void flush() {
    writing.lock();
    try {
      write(take());
    } finally {
      writing.unlock();
    }
  }

  private void write(Map<Pulled, Count> taken) {
    List<Map.Entry<Pulled, Count>> all = new ArrayList<>(taken.entrySet());
    int from = 0;
    try {
      for (; from < all.size(); from += PullWriter.BATCH) {
        writer.write(all.subList(from, Math.min(from + PullWriter.BATCH, all.size())));
      }
    } catch (RuntimeException e) {
      all.subList(from, all.size()).forEach(kept -> add(kept.getKey(), kept.getValue()));
      throw e;
    }
  }
}
