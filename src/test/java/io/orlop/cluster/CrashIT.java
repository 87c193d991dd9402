package io.orlop.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.faults.Invariants;
import io.orlop.oci.Digest;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.ServerDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Kills the server in the middle of parallel pushes and looks whether all that it acknowledged is
 * there afterwards. {@code src/test/tools/crash ROUNDS} makes it a night's work.
 */
class CrashIT {
  private static final int ROUNDS = Integer.getInteger("orlop.crash.rounds", 3);
  private static final long SEED = Long.getLong("orlop.crash.seed", 20261121L);
  private static final int PUSHERS = 16;

  /** Of what earlier rounds left so much is read again in each round, and all at the end. */
  private static final int SAMPLE = 100;

  private final List<Acknowledged> rounds = new ArrayList<>();
  private final Random random = new Random(SEED);
  private final Recovery recovery = new Recovery();

  @Test
  void nothingThatWasAcknowledgedIsLost() throws Exception {
    try (OrlopServer server = OrlopServer.start();
        ExecutorService pool = Executors.newFixedThreadPool(PUSHERS)) {
      CrashClient client = new CrashClient(server.url(), server.adminPassword());
      Invariants invariants = new Invariants(server.administrator(), server.data());
      for (int round = 0; round < ROUNDS; round++) {
        Acknowledged acknowledged = new Acknowledged();
        rounds.add(acknowledged);
        boolean javaAlone = round % 3 == 2;
        crash(server, client, pool, acknowledged, javaAlone);
        recovery.restart(server, client);
        verify(client, acknowledged);
        verifySample(client);
        resumeUploads(client, acknowledged, javaAlone);
        for (int pusher = 0; pusher < PUSHERS; pusher++) {
          verifyListed(invariants, repository(round, pusher));
        }
        report(round + 1);
      }
      for (Acknowledged acknowledged : rounds) {
        verify(client, acknowledged);
      }
      verifyEnd(server, invariants);
    }
  }

  private void crash(
      OrlopServer server,
      CrashClient client,
      ExecutorService pool,
      Acknowledged acknowledged,
      boolean javaAlone)
      throws Exception {
    AtomicBoolean dying = new AtomicBoolean();
    List<Future<?>> pushers = new ArrayList<>();
    for (int pusher = 0; pusher < PUSHERS; pusher++) {
      String repository = repository(rounds.size() - 1, pusher);
      pushers.add(
          pool.submit(new CrashPusher(client, acknowledged, repository, random.nextLong(), dying)));
    }
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofMinutes(2))
        .until(() -> acknowledged.blobCount() >= PUSHERS);
    TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
    dying.set(true);
    assertThat(server.log()).doesNotContain(" ERROR ");
    Consumer<OrlopServer> death = javaAlone ? OrlopServer::kill9Java : OrlopServer::kill9All;
    death.accept(server);
    finish(pushers);
    if (random.nextInt(3) == 0) {
      // The next crash comes while it recovers from this one.
      server.launchOnly();
      TimeUnit.MILLISECONDS.sleep(random.nextInt(4_000));
      death.accept(server);
    }
  }

  private static String repository(int round, int pusher) {
    return "library/crash-" + round + "-" + pusher;
  }

  private static void finish(List<Future<?>> pushers)
      throws ExecutionException, InterruptedException {
    for (Future<?> pusher : pushers) {
      pusher.get();
    }
  }

  private static void verify(CrashClient client, Acknowledged acknowledged) throws IOException {
    assertThat(acknowledged.blobs()).isNotEmpty();
    for (Acknowledged.Blob blob : acknowledged.blobs()) {
      verify(client, blob);
    }
    for (Map.Entry<String, Acknowledged.Tag> tag : acknowledged.tags().entrySet()) {
      HttpResponse<byte[]> answer = client.get(tag.getKey());
      assertThat(answer.statusCode()).as("tag %s", tag.getKey()).isIn(200, 404);
      Optional<Digest> found =
          answer.statusCode() == 404 ? Optional.empty() : Optional.of(Digest.of(answer.body()));
      assertThat(found).as("tag %s", tag.getKey()).isIn(tag.getValue().allowed());
    }
  }

  private static void verify(CrashClient client, Acknowledged.Blob blob) throws IOException {
    HttpResponse<byte[]> answer = client.get(blob.path());
    assertThat(answer.statusCode()).as("blob %s", blob).isEqualTo(200);
    assertThat(Digest.of(answer.body())).isEqualTo(blob.digest());
  }

  private void verifySample(CrashClient client) throws IOException {
    List<Acknowledged.Blob> earlier =
        new ArrayList<>(rounds.get(random.nextInt(rounds.size())).blobs());
    Collections.shuffle(earlier, random);
    for (Acknowledged.Blob blob : earlier.subList(0, Math.min(SAMPLE, earlier.size()))) {
      verify(client, blob);
    }
  }

  /** No tag is listed that then cannot be pulled, with all that it names. */
  private static void verifyListed(Invariants invariants, String repository) {
    if (invariants.list("/v2/_catalog?n=1000", "repositories").contains(repository)) {
      invariants.checkRepository(repository);
    }
  }

  /**
   * Goes on with the uploads that were cut off. Their rows commit without waiting for the disk, so
   * that PostgreSQL's death may take one back; Java's death alone may not.
   */
  private static void resumeUploads(CrashClient client, Acknowledged acknowledged, boolean exactly)
      throws IOException {
    for (Map.Entry<String, Acknowledged.Pending> entry : acknowledged.uploads()) {
      String upload = entry.getKey();
      Acknowledged.Pending pending = entry.getValue();
      acknowledged.ended(upload);
      HttpResponse<byte[]> status = client.get(upload);
      if (!exactly && status.statusCode() == 404) {
        continue;
      }
      assertThat(status.statusCode()).isEqualTo(204);
      String range = status.headers().firstValue("Range").orElseThrow();
      int end = Integer.parseInt(range.substring(2));
      int offset = end == 0 && pending.offset() != 1 ? 0 : end + 1;
      if (exactly) {
        assertThat(offset).isGreaterThanOrEqualTo(pending.offset());
      }
      finishUpload(client, upload, pending, offset);
      acknowledged.blob(pending.repository(), Digest.of(pending.content()));
    }
  }

  private static void finishUpload(
      CrashClient client, String upload, Acknowledged.Pending pending, int offset)
      throws IOException {
    byte[] content = pending.content();
    if (offset < content.length) {
      assertThat(client.patch(upload, content, offset, content.length).statusCode()).isEqualTo(202);
    }
    HttpResponse<byte[]> closed =
        client.put(
            CrashClient.closing(upload, Digest.of(content)),
            new byte[0],
            "application/octet-stream");
    assertThat(closed.statusCode()).isEqualTo(201);
  }

  /** All invariants hold, and the purge leaves nothing that is staged. */
  private static void verifyEnd(OrlopServer server, Invariants invariants)
      throws IOException, SQLException {
    assertThat(server.log()).doesNotContain(" ERROR ");
    assertThat(server.stop()).isZero();
    server.with("ORLOP_UPLOAD_IDLE_TIMEOUT", "PT1S").restart();
    try (ServerDatabase database = ServerDatabase.of(server.data())) {
      invariants.check(database.connection());
      await()
          .pollInterval(Duration.ofSeconds(2))
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> {
            database.wake("purge-uploads");
            assertThat(invariants.staged()).isEmpty();
          });
      assertThat(database.query("SELECT count(*) FROM upload_session")).isEqualTo("0");
    }
  }

  private void report(int done) throws IOException {
    long blobs = rounds.stream().mapToLong(Acknowledged::blobCount).sum();
    recovery.report(
        Path.of("target", "crash-report.txt"),
        "%d rounds, %d blobs acknowledged, none lost".formatted(done, blobs));
  }
}
