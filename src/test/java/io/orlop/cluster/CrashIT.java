package io.orlop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.oci.Digest;
import io.orlop.testsupport.OrlopServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Kills the server in the middle of parallel pushes and looks whether all that it acknowledged is
 * there afterwards. {@code -Dorlop.crash.rounds=200} makes it a night's work.
 */
class CrashIT {
  private static final int ROUNDS = Integer.getInteger("orlop.crash.rounds", 3);
  private static final long SEED = Long.getLong("orlop.crash.seed", 20261121L);
  private static final int PUSHERS = 8;

  private final Acknowledged acknowledged = new Acknowledged();
  private final Random random = new Random(SEED);

  @Test
  void nothingThatWasAcknowledgedIsLost() throws Exception {
    try (OrlopServer server = OrlopServer.start();
        ExecutorService pool = Executors.newFixedThreadPool(PUSHERS)) {
      CrashClient client = new CrashClient(server.url(), server.adminPassword());
      for (int round = 0; round < ROUNDS; round++) {
        boolean javaAlone = round % 3 == 2;
        int before = acknowledged.blobs().size();
        AtomicBoolean dying = new AtomicBoolean();
        List<Future<?>> pushers = startPushers(pool, client, round, dying);
        await(before);
        dying.set(true);
        assertThat(server.log()).doesNotContain(" ERROR ");
        if (javaAlone) {
          server.kill9Java();
        } else {
          server.kill9All();
        }
        finish(pushers);
        server.restart();
        verify(client);
        resumeUploads(client, javaAlone);
      }
      assertThat(server.log()).doesNotContain(" ERROR ");
    }
  }

  private List<Future<?>> startPushers(
      ExecutorService pool, CrashClient client, int round, AtomicBoolean dying) {
    List<Future<?>> pushers = new ArrayList<>();
    for (int i = 0; i < PUSHERS; i++) {
      String repository = "library/crash-" + round + "-" + i;
      pushers.add(
          pool.submit(new CrashPusher(client, acknowledged, repository, random.nextLong(), dying)));
    }
    return pushers;
  }

  /** Lets the pushers get going, and then a random while longer. */
  private void await(int before) throws InterruptedException {
    for (int i = 0; acknowledged.blobs().size() < before + PUSHERS && i < 600; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(acknowledged.blobs()).hasSizeGreaterThanOrEqualTo(before + PUSHERS);
    TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
  }

  private static void finish(List<Future<?>> pushers)
      throws ExecutionException, InterruptedException {
    for (Future<?> pusher : pushers) {
      pusher.get();
    }
  }

  private void verify(CrashClient client) throws IOException {
    assertThat(acknowledged.blobs()).isNotEmpty();
    for (Map.Entry<Digest, String> blob : acknowledged.blobs().entrySet()) {
      HttpResponse<byte[]> answer =
          client.get("/v2/" + blob.getValue() + "/blobs/" + blob.getKey());
      assertThat(answer.statusCode()).as("blob %s", blob).isEqualTo(200);
      assertThat(Digest.of(answer.body())).isEqualTo(blob.getKey());
    }
    for (Map.Entry<String, Digest> tag : acknowledged.tags().entrySet()) {
      HttpResponse<byte[]> answer = client.get(tag.getKey());
      assertThat(answer.statusCode()).as("tag %s", tag.getKey()).isEqualTo(200);
      assertThat(Digest.of(answer.body())).isEqualTo(tag.getValue());
    }
    verifyListed(client);
  }

  /** No repository and no tag is listed that then cannot be pulled. */
  private static void verifyListed(CrashClient client) throws IOException {
    for (JsonNode repository : list(client, "/v2/_catalog", "repositories")) {
      String base = "/v2/" + repository.asText();
      for (JsonNode tag : list(client, base + "/tags/list", "tags")) {
        assertThat(client.get(base + "/manifests/" + tag.asText()).statusCode()).isEqualTo(200);
      }
    }
  }

  private static JsonNode list(CrashClient client, String path, String member) throws IOException {
    return new ObjectMapper().readTree(client.get(path).body()).get(member);
  }

  /**
   * Goes on with the uploads that were cut off. Their rows commit without waiting for the disk, so
   * that PostgreSQL's death may take one back; Java's death alone may not.
   */
  private void resumeUploads(CrashClient client, boolean exactly) throws IOException {
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
    }
  }

  private void finishUpload(
      CrashClient client, String upload, Acknowledged.Pending pending, int offset)
      throws IOException {
    byte[] content = pending.content();
    if (offset < content.length) {
      assertThat(client.patch(upload, content, offset, content.length).statusCode()).isEqualTo(202);
    }
    Digest digest = Digest.of(content);
    HttpResponse<byte[]> closed =
        client.put(CrashClient.closing(upload, digest), new byte[0], "application/octet-stream");
    assertThat(closed.statusCode()).isEqualTo(201);
    acknowledged.blob(pending.repository(), digest);
  }
}
