package io.orlop.registry.v2;

import static org.awaitility.Awaitility.await;

import io.orlop.oci.Digest;
import io.orlop.platform.persistence.SoleWriter;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.ManifestBuilder;
import io.orlop.testsupport.RegistryClient;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.StatementCounter;
import io.orlop.testsupport.TestRegistry;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;

/**
 * A repository with two images, {@code v1} and {@code v2}, and a blob, all of which memory holds.
 */
@Dependent
class PulledRepository {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StatementCounter statements;
  private final SoleWriter writer;
  private final RepositoryClient pusher;
  private final RepositoryClient puller;
  private final ManifestBuilder image;
  private final ManifestBuilder other;
  private final byte[] content;
  private final Digest blob;

  PulledRepository(TestRegistry registry, StatementCounter statements, SoleWriter writer) {
    this.statements = statements;
    this.writer = writer;
    pusher = registry.newRepository();
    image = pusher.newImage();
    other = pusher.newImage();
    pusher.pushManifest("v1", image);
    pusher.pushManifest("v2", other);
    content = Blobs.random(100_000);
    blob = pusher.pushBlob(content);
    String token =
        registry.as(registry.maintainer()).token("repository:" + pusher.name() + ":pull");
    RegistryClient client = registry.anonymous().bearer(token);
    client.get("/v2/").expect(200);
    puller = client.repository(pusher.name());
  }

  /** Pulls all of it once this server is the only one that writes. */
  void remember() {
    awaitSoleWriter();
    puller.getManifest("v1").expect(200);
    puller.getManifest("v2").expect(200);
    puller.getManifest(image.digest()).expect(200);
    puller.getBlob(blob).expect(200);
  }

  void awaitSoleWriter() {
    await().atMost(PATIENCE).until(writer::isHeld);
  }

  /** Returns how often a pull of {@code v1} asks the database. */
  long statementsOfAPull() {
    return statements.count(() -> puller.getManifest("v1").expect(200));
  }

  /** Who may change it. */
  RepositoryClient pusher() {
    return pusher;
  }

  /** Who pulls with a token that was verified before. */
  RepositoryClient puller() {
    return puller;
  }

  /** What {@code v1} is. */
  ManifestBuilder image() {
    return image;
  }

  /** What {@code v2} is. */
  ManifestBuilder other() {
    return other;
  }

  byte[] content() {
    return content;
  }

  Digest blob() {
    return blob;
  }
}
