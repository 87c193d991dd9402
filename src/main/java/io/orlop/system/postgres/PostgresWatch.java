package io.orlop.system.postgres;

import io.orlop.system.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts PostgreSQL again when it was killed, on the same port, and keeps its logs few. */
final class PostgresWatch {
  private static final Logger LOG = Logger.getLogger(PostgresWatch.class);
  private static final int RESTARTS = 5;
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private final EmbeddedPostgres postgres;
  private final LogFiles logFiles;
  private final EmbeddedPostgres.Listener listener;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("postgres-watch").daemon().factory());
  private final Deque<Instant> restarts = new ArrayDeque<>();
  private CompletableFuture<?> exit = CompletableFuture.completedFuture(null);
  private @Nullable ProcessHandle process;

  PostgresWatch(EmbeddedPostgres postgres, LogFiles logFiles, EmbeddedPostgres.Listener listener) {
    this.postgres = postgres;
    this.logFiles = logFiles;
    this.listener = listener;
  }

  void start() {
    follow();
    var _ = executor.scheduleWithFixedDelay(this::look, 500, 500, TimeUnit.MILLISECONDS);
    var _ = executor.scheduleWithFixedDelay(this::prune, 0, 1, TimeUnit.MINUTES);
  }

  private void follow() {
    process = postgres.process().orElse(null);
    // Besides asking: an ended process that nobody has buried still counts as alive.
    exit = process == null ? CompletableFuture.completedFuture(null) : process.onExit();
  }

  private void look() {
    if (postgres.stopping()) {
      executor.shutdown();
    } else if (process == null || exit.isDone() || !process.isAlive()) {
      restart();
    }
  }

  private void restart() {
    LOG.warn("PostgreSQL ended unexpectedly, starting it again");
    Instant now = Instant.now();
    restarts.removeIf(restart -> restart.isBefore(now.minus(WITHIN)));
    restarts.add(now);
    if (restarts.size() > RESTARTS) {
      giveUp(
          "PostgreSQL has ended %d times in %d minutes; its log in %s may say why."
              .formatted(restarts.size(), WITHIN.toMinutes(), logFiles.folder()));
      return;
    }
    try {
      postgres.launch(listener);
      follow();
    } catch (StartRefusedException | IOException | UncheckedIOException e) {
      giveUp(String.valueOf(e.getMessage()));
    }
  }

  private void giveUp(String reason) {
    executor.shutdown();
    listener.givenUp(reason);
  }

  private void prune() {
    try {
      logFiles.prune();
    } catch (IOException e) {
      LOG.warnf("Cannot delete PostgreSQL's old logs: %s", e);
    }
  }
}
