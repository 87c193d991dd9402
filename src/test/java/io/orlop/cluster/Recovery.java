package io.orlop.cluster;

import static org.awaitility.Awaitility.await;

import io.orlop.oci.Digest;
import io.orlop.testsupport.OrlopServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Starts a server after a crash, and keeps how long it took until it served again. */
final class Recovery {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final List<Long> firstAnswers = new ArrayList<>();
  private final List<Long> firstPushes = new ArrayList<>();
  private int pushes;

  /** Starts it; returns when it has taken a push. */
  void restart(OrlopServer server, CrashClient client) {
    long begun = System.nanoTime();
    server.launchOnly();
    await()
        .pollInterval(Duration.ofMillis(20))
        .pollDelay(Duration.ZERO)
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> client.get("/v2/").statusCode() == 200);
    firstAnswers.add(millisSince(begun));
    byte[] content = ("recovery " + pushes++).getBytes(StandardCharsets.UTF_8);
    String path = "/v2/library/recovered/blobs/uploads/?digest=" + Digest.of(content);
    await()
        .pollInterval(Duration.ofMillis(20))
        .pollDelay(Duration.ZERO)
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> client.post(path, content).statusCode() == 201);
    firstPushes.add(millisSince(begun));
  }

  /** Writes how long it took, for people. */
  void report(Path file, String what) throws IOException {
    String text =
        "%s%nuntil the first 200:   %s%nuntil a push is taken: %s%n"
            .formatted(what, spread(firstAnswers), spread(firstPushes));
    Files.writeString(file, text);
  }

  private static String spread(List<Long> millis) {
    if (millis.isEmpty()) {
      return "never";
    }
    List<Long> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%.2f s at least, %.2f s in the median, %.2f s at most",
        sorted.getFirst() / 1000.0,
        sorted.get(sorted.size() / 2) / 1000.0,
        sorted.getLast() / 1000.0);
  }

  private static long millisSince(long begun) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }
}
