package io.orlop.cluster;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.cluster.MixedImages.Image;
import io.orlop.testsupport.OrlopServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of two replicas behind nginx, of which one is stopped and killed in turn, see no error
 * that their own retry does not cover. {@code src/test/tools/mixed-load MINUTES} goes on for
 * longer.
 */
class MixedLoadIT {
  private static final long MINUTES = Long.getLong("orlop.mixed.minutes", 0);
  private static final Duration BETWEEN =
      MINUTES == 0 ? Duration.ofSeconds(8) : Duration.ofSeconds(25);
  private static final Duration AWAY = Duration.ofSeconds(2);
  private static final int CLIENTS = 8;

  private final MixedTally tally = new MixedTally();
  private final MixedImages images = new MixedImages();
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Long> memory = new ArrayList<>();

  @Test
  void clientsSeeNothingOfRestartsThatTheirRetriesDoNotCover(@TempDir Path folder)
      throws Exception {
    try (Replicas replicas = Replicas.start(folder);
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> clients = new ArrayList<>();
      long begun = System.nanoTime();
      try {
        for (int number = 0; number < CLIENTS; number++) {
          MixedClient client = client(replicas.front(), replicas);
          clients.add(pool.submit(new MixedWorker(client, images, tally, number, over::get)));
        }
        restartUntil(begun + TimeUnit.MINUTES.toNanos(MINUTES), replicas);
      } finally {
        over.set(true);
      }
      for (Future<?> client : clients) {
        client.get();
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
      tally.phase("verification");
      verify(pool, replicas);
      memory.add(settledMemory(replicas.steady()));
      report(replicas, seconds);
      assertThat(tally.errors()).isEmpty();
      assertThat(tally.of("pulls")).isPositive();
      assertThat(replicas.steady().log()).doesNotContain(" ERROR ");
      assertThat(replicas.restarted().log()).doesNotContain(" ERROR ");
      if (MINUTES >= 5) {
        requireFlatMemory();
      }
    }
  }

  /** While a server warms up it grows: what counts is that it ends to. */
  private void requireFlatMemory() {
    int third = memory.size() / 3;
    long middle = median(memory.subList(third, 2 * third));
    long last = median(memory.subList(2 * third, memory.size()));
    assertThat(last).as("of %s KiB", memory).isLessThan(middle * 21 / 20);
  }

  private static long median(List<Long> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  /** Stops and kills the one replica in turn, at least once each. */
  private void restartUntil(long end, Replicas replicas) throws Exception {
    OrlopServer server = replicas.restarted();
    for (int round = 0; round < 2 || System.nanoTime() < end; round++) {
      TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
      if (MINUTES > 0) {
        memory.add(settledMemory(replicas.steady()));
      }
      assertThat(server.log()).doesNotContain(" ERROR ");
      boolean orderly = round % 2 == 0;
      tally.phase(orderly ? "stop" : "kill");
      if (orderly) {
        assertThat(server.stop()).isZero();
      } else {
        server.kill9Java();
      }
      tally.count(orderly ? "orderly stops" : "kills");
      TimeUnit.NANOSECONDS.sleep(AWAY.toNanos());
      server.restart();
      tally.phase("calm");
    }
    TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
  }

  /** Every push is there, and every deleted tag away, whomever one asks. */
  private void verify(ExecutorService pool, Replicas replicas) throws Exception {
    assertThat(images.there()).isNotEmpty();
    List<Future<?>> checks = new ArrayList<>();
    for (OrlopServer server : List.of(replicas.steady(), replicas.restarted())) {
      MixedClient client = client(URI.create(server.url()), replicas);
      images.there().forEach(image -> checks.add(pool.submit(() -> verifyThere(client, image))));
      images.away().forEach(image -> checks.add(pool.submit(() -> verifyAway(client, image))));
    }
    for (Future<?> check : checks) {
      check.get();
    }
  }

  private void verifyThere(MixedClient client, Image image) {
    try {
      MixedWorker.verify(client, image);
      tally.count("pulled at the end, from each replica");
    } catch (IOException e) {
      tally.error("lost: " + image + ": " + e);
    }
  }

  private void verifyAway(MixedClient client, Image image) {
    try {
      int status = client.get(image.repository(), image.path()).statusCode();
      if (status != 404) {
        tally.error("came back: " + image + ": " + status);
      }
    } catch (IOException e) {
      tally.error(image + ": " + e);
    }
  }

  private MixedClient client(URI server, Replicas replicas) {
    return new MixedClient(server, replicas.steady().adminPassword(), tally);
  }

  /** Collects garbage and returns what the process alone occupies, in KiB. */
  private static long settledMemory(OrlopServer server) throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process collect =
        new ProcessBuilder(jcmd.toString(), Long.toString(server.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(collect.waitFor()).isZero();
    Path rollup = Path.of("/proc", Long.toString(server.pid()), "smaps_rollup");
    try (var lines = Files.lines(rollup)) {
      String line = lines.filter(l -> l.startsWith("Pss:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    }
  }

  private void report(Replicas replicas, long seconds) throws IOException {
    String text =
        "%d s, %d clients, %s%n%s%8s  MiB (PSS) of the steady replica, round by round%n"
            .formatted(
                seconds,
                CLIENTS,
                replicas.storeName(),
                tally,
                memory.stream().map(kib -> Long.toString(kib / 1024)).collect(joining(" ")));
    StringBuilder all = new StringBuilder(text);
    tally.errors().forEach(error -> all.append(error).append('\n'));
    Files.writeString(Path.of("target", "mixed-load-report.txt"), all);
  }
}
