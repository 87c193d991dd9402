package io.orlop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.oci.Digest;
import io.orlop.testsupport.Answer;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.OrlopServer;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.ServerDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Many pull from one project with a quota, and push into it, at once: nothing fails, and what is
 * counted is what was acknowledged, to the byte. Then more is pushed than there is room for. {@code
 * src/test/tools/quota-load} does so with as many clients as the product is made for.
 */
class QuotaLoadIT {
  private static final int PULLERS = Integer.getInteger("orlop.quota.pulls", 20);
  private static final int PUSHERS = Integer.getInteger("orlop.quota.pushes", 10);
  private static final int ROUNDS = Integer.getInteger("orlop.quota.rounds", 5);
  private static final int KIB = 1024;
  private static final String PROJECT = "crowded";
  private static final String SCOPE = "repository:" + PROJECT + "/%s:pull,push";
  private static final Path REPORT = Path.of("target", "quota-load-report.txt");

  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong pulls = new AtomicLong();
  private final AtomicLong pushes = new AtomicLong();

  @Test
  void countsToTheByteUnderLoadAndRefusesWhatGoesBeyond() throws Exception {
    try (OrlopServer server = OrlopServer.start();
        ServerDatabase database = ServerDatabase.of(server.data());
        ServerDatabase watched = ServerDatabase.of(server.data());
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      RegistryClient admin = server.administrator();
      makeProject(admin);
      limit(admin, database, 1L << 40);
      RepositoryClient pulled = withToken(admin, "pulled");
      ManifestBuilder image = pushImage(pulled, "latest");
      byte[] base = Blobs.random(4 * KIB);
      admin.repository("library/base").pushBlob(base);
      acknowledged.addAndGet(base.length); // All push it, and it counts once.

      long begun = System.nanoTime();
      LockWatch watch = new LockWatch(watched);
      try (watch) {
        List<Callable<Void>> clients = new ArrayList<>();
        for (int i = 0; i < PUSHERS; i++) {
          String name = "pushed-" + i % 5;
          clients.add(() -> pushRounds(admin, name, base));
        }
        for (int i = 0; i < PULLERS; i++) {
          clients.add(() -> pullRounds(withToken(admin, "pulled"), image));
        }
        runAll(pool, clients);
      }
      report(watch, Duration.ofNanos(System.nanoTime() - begun));
      assertExact(admin, database, acknowledged.get());

      refuseWhatGoesBeyond(admin, database, pool);
      assertThat(server.log()).doesNotContain(" ERROR ");
    }
  }

  private void refuseWhatGoesBeyond(
      RegistryClient admin, ServerDatabase database, ExecutorService pool) throws Exception {
    int room = PUSHERS / 2;
    limit(admin, database, acknowledged.get() + (long) room * KIB);
    RepositoryClient repository = withToken(admin, "full");
    ConcurrentLinkedQueue<Digest> refused = new ConcurrentLinkedQueue<>();
    List<Callable<Void>> clients = new ArrayList<>();
    for (int i = 0; i < PUSHERS; i++) {
      clients.add(() -> {
        byte[] blob = Blobs.random(KIB);
        Answer answer = repository.post(Digest.of(blob), blob);
        if (answer.status() != 201) {
          answer.expectError(403, "DENIED");
          refused.add(Digest.of(blob));
        }
        return null;
      });
    }

    runAll(pool, clients);

    assertThat(refused).hasSize(PUSHERS - room);
    assertExact(admin, database, acknowledged.get() + (long) room * KIB);
    for (Digest digest : refused) {
      repository.headBlob(digest).expect(404);
      assertThat(
              database.query(
                  """
                  SELECT count(*) FROM (SELECT digest FROM blob UNION ALL
                                        SELECT digest FROM project_content) x
                   WHERE digest = '%s'
                  """
                      .formatted(digest)))
          .isEqualTo("0");
    }
  }

  /** Blobs of their own, of some an image; blobs that are there already; and images that go. */
  private Void pushRounds(RegistryClient admin, String name, byte[] base) {
    RepositoryClient repository = withToken(admin, name);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] blob = Blobs.random(KIB + ThreadLocalRandom.current().nextInt(8 * KIB));
      repository.post(Digest.of(blob), blob).expect(201);
      acknowledged.addAndGet(blob.length);
      pushes.incrementAndGet();
      switch (round % 5) {
        case 2 -> pushAndDelete(admin.repository(repository.name()));
        case 3 -> link(admin, repository, base);
        case 4 -> pushImage(repository, "tag-" + ThreadLocalRandom.current().nextInt(1000));
        default -> {}
      }
    }
    return null;
  }

  /** Pushes what the registry has: what all push, and what is new to this project; mounts that. */
  private void link(RegistryClient admin, RepositoryClient repository, byte[] base) {
    repository.post(Digest.of(base), base).expect(201);
    byte[] blob = Blobs.random(KIB);
    Digest digest = admin.repository("library/base").pushBlob(blob);
    repository.post(digest, blob).expect(201);
    acknowledged.addAndGet(blob.length);
    admin
        .repository(PROJECT + "/mounted")
        .beginUpload("?mount=" + digest + "&from=" + repository.name())
        .expect(201);
    pushes.addAndGet(4);
  }

  /** What only a deleted image named no longer counts. */
  private void pushAndDelete(RepositoryClient repository) {
    ManifestBuilder image = repository.newImage();
    repository.pushManifest("doomed", image);
    repository.deleteManifest(image.digest().toString()).expect(202);
    pushes.addAndGet(4);
  }

  private ManifestBuilder pushImage(RepositoryClient repository, String tag) {
    byte[] config = Blobs.config();
    byte[] layer = Blobs.random(4 * KIB);
    for (byte[] blob : List.of(config, layer)) {
      repository.pushBlob(blob);
      acknowledged.addAndGet(blob.length);
    }
    ManifestBuilder image = ManifestBuilder.image().config(config).layer(layer);
    repository.pushManifest(tag, image);
    acknowledged.addAndGet(image.bytes().length);
    pushes.addAndGet(3);
    return image;
  }

  private Void pullRounds(RepositoryClient repository, ManifestBuilder image) {
    for (int round = 0; round < ROUNDS * 4; round++) {
      assertThat(repository.getManifest("latest").expect(200).bytes()).isEqualTo(image.bytes());
      repository
          .getManifest("latest")
          .json()
          .path("layers")
          .forEach(
              layer -> repository.getBlob(Digest.parse(layer.path("digest").asText())).expect(200));
      pulls.incrementAndGet();
    }
    return null;
  }

  private static void runAll(ExecutorService pool, List<Callable<Void>> clients) throws Exception {
    for (Future<Void> done : pool.invokeAll(clients)) {
      Void _ = done.get();
    }
  }

  private static RepositoryClient withToken(RegistryClient admin, String name) {
    return admin.bearer(admin.token(SCOPE.formatted(name))).repository(PROJECT + "/" + name);
  }

  private static void makeProject(RegistryClient admin) {
    json(admin, "POST", "/projects", "{\"project_name\":\"%s\"}".formatted(PROJECT)).expect(201);
  }

  private static void limit(RegistryClient admin, ServerDatabase database, long bytes)
      throws SQLException {
    json(admin, "PUT", "/quotas/" + quota(database), "{\"hard\":{\"storage\":%d}}".formatted(bytes))
        .expect(200);
  }

  private static Answer json(RegistryClient admin, String method, String path, String body) {
    return admin
        .request(method, "/api/v2.0" + path)
        .header("Content-Type", "application/json")
        .body(body.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  private static String quota(ServerDatabase database) throws SQLException {
    return database.query(
        "SELECT q.id FROM quota q JOIN project p ON p.id = q.project_id WHERE p.name = '%s'"
            .formatted(PROJECT));
  }

  /** What is answered, what is counted and what there is are the same. */
  private static void assertExact(RegistryClient admin, ServerDatabase database, long bytes)
      throws SQLException {
    long used =
        admin
            .get("/api/v2.0/quotas/" + quota(database))
            .expect(200)
            .json()
            .path("used")
            .path("storage")
            .asLong();
    assertThat(used).isEqualTo(bytes);
    assertThat(
            database.query(
                """
                SELECT sum(c.size) FROM project_content c
                  JOIN project p ON p.id = c.project_id WHERE p.name = '%s'
                """
                    .formatted(PROJECT)))
        .isEqualTo(Long.toString(bytes));
  }

  private void report(LockWatch watch, Duration duration) throws IOException {
    double seconds = duration.toMillis() / 1000.0;
    Files.writeString(
        REPORT,
        String.format(
                Locale.ROOT,
                "%d pullers, %d pushers: %d pulls (%.0f/s) and %d blobs and manifests (%.0f/s)%n",
                PULLERS,
                PUSHERS,
                pulls.get(),
                pulls.get() / seconds,
                pushes.get(),
                pushes.get() / seconds)
            + watch.report(duration));
  }
}
