package io.orlop.system.bootstrap;

import io.quarkus.runtime.Quarkus;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/**
 * Shows Java's ahead-of-time cache what a start, a push and a pull need, on an installation that is
 * thrown away afterwards. The launcher asks for it with {@code orlop.training}.
 *
 * <p>The cache also keeps what Java learned of methods that were called often, and a later start
 * compiles these well from the beginning. So clients of all kinds come here, many times.
 */
@ApplicationScoped
class TrainingRun {
  /** What the launcher gives {@code admin} for the training. */
  private static final String PASSWORD = "training-run-only";

  private static final Logger LOG = Logger.getLogger(TrainingRun.class);
  private static final int SINGLE_ROUNDS = 20;

  /** How long clients push and pull: by then what they do most is compiled. */
  private static final Duration BUSY = Duration.ofSeconds(20);

  /** Pushes wait for the disk, so that there are more of them. */
  private static final int PUSHERS = 6;

  private static final int PULLERS = 4;

  private final ServerConfig config;
  private final HttpServer server;

  TrainingRun(ServerConfig config, HttpServer server) {
    this.config = config;
    this.server = server;
  }

  void train(@ObservesAsync HttpServerStart started) {
    if (!config.training()) {
      return;
    }
    URI address = URI.create("http://127.0.0.1:" + server.getPort());
    try (TrainingClient client = new TrainingClient(address, PASSWORD)) {
      TrainingPush first = new TrainingPush(client);
      TrainingPull pull = new TrainingPull(client, first.seed());
      for (int round = 0; round < SINGLE_ROUNDS; round++) {
        first.once(round);
        pull.once(round);
        pull.lookAround();
      }
      beBusy(client, pull);
    } catch (IOException | ExecutionException e) {
      LOG.warn("The training run broke off", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Quarkus.asyncExit(0);
    }
  }

  private static void beBusy(TrainingClient client, TrainingPull pull)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + BUSY.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(PUSHERS + PULLERS)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < PUSHERS; i++) {
        clients.add(threads.submit(() -> repeat(new TrainingPush(client), end)));
      }
      for (int i = 0; i < PULLERS; i++) {
        clients.add(threads.submit(() -> repeat(pull, end)));
      }
      for (Future<?> running : clients) {
        running.get();
      }
    }
  }

  private static boolean repeat(Exercise exercise, long end)
      throws IOException, InterruptedException {
    for (int round = 0; System.nanoTime() < end; round++) {
      exercise.once(round);
    }
    return true;
  }

  /** What a client does again and again. */
  interface Exercise {
    /** Does it once; the number of the round chooses among its variants. */
    void once(int round) throws IOException, InterruptedException;
  }
}
