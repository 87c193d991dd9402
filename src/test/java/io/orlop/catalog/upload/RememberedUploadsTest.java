package io.orlop.catalog.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orlop.access.Role;
import io.orlop.oci.Digest;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.SoleWriter;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.StatementCounter;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where an upload stands is remembered by the process that it came by, and never wrongly. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class RememberedUploadsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject TestRegistry registry;
  @Inject StatementCounter statements;
  @Inject SoleWriter writer;
  @Inject BegunUploads begun;
  @Inject Database database;

  private final byte[] content = Blobs.random(3000);
  private final Digest digest = Digest.of(content);
  private NewProject project;
  private RepositoryClient pusher;

  @BeforeEach
  void makeRepository() {
    project = registry.newPrivateProject();
    pusher = as(registry.newMember(project, Role.DEVELOPER), project);
    pusher.pushBlob(Blobs.random(10));
    // Open uploads are counted now and then: with this one.
    pusher.cancel(pusher.openUpload()).expect(204);
    await().atMost(PATIENCE).until(writer::isHeld);
  }

  /** With a token, whose rights nobody asks the database for. */
  private RepositoryClient as(Account account, NewProject in) {
    String name = in.name() + "/app";
    String token = registry.as(account).token("repository:" + name + ":pull,push");
    return registry.anonymous().bearer(token).repository(name);
  }

  private byte[] part(int from, int to) {
    return Arrays.copyOfRange(content, from, to);
  }

  /** Begins an upload that has its row. */
  private URI begin() {
    URI upload = pusher.openUpload();
    await().atMost(PATIENCE).until(() -> begun.count() == 0);
    return upload;
  }

  @Test
  void aPushAsksTheDatabaseOnlyToWriteSomethingDown() {
    AtomicReference<URI> upload = new AtomicReference<>(begin());
    assertThat(statements.count(() -> send(upload, 0, 1000))).as("chunk").isOne();
    assertThat(statements.count(() -> send(upload, 1000, 2000))).as("chunk").isOne();
    assertThat(statements.count(() -> pusher.status(upload.get()).expect(204))).isZero();
    assertThat(
            statements.count(
                () -> pusher.finish(upload.get(), digest, part(2000, 3000)).expect(201)))
        .as("end")
        .isOne();
    assertThat(pusher.getBlob(digest).expect(200).bytes()).isEqualTo(content);
    pusher.status(upload.get()).expect(404);
  }

  private void send(AtomicReference<URI> upload, int from, int to) {
    upload.set(pusher.patch(upload.get(), from, part(from, to)).expect(202).location());
  }

  @Test
  void aPushInOneRequestAsksOnce() {
    assertThat(statements.count(() -> pusher.post(digest, content).expect(201))).isOne();
  }

  @Test
  void whatWasPushedBeforeIsStoredOnce() throws IOException {
    pusher.pushBlob(content);
    URI upload = pusher.openUpload();
    pusher.finish(upload, digest, content).expect(201);
    pusher.status(upload).expect(404);
    assertThat(filesOf(digest)).hasSize(1);
    assertThat(pusher.getBlob(digest).expect(200).bytes()).isEqualTo(content);
  }

  /** Beside what rows say: bytes that were stored in vain are gone again. */
  private static List<Path> filesOf(Digest digest) throws IOException {
    Path data = Path.of(ConfigProvider.getConfig().getValue("orlop.data", String.class));
    try (Stream<Path> files = Files.walk(data.resolve("blobs"))) {
      return files.filter(file -> file.getFileName().toString().startsWith(digest.hex())).toList();
    }
  }

  @Test
  void somebodyElsesUploadIsUnknown() {
    URI upload = pusher.openUpload();
    RepositoryClient other = as(registry.newMember(project, Role.DEVELOPER), project);
    other.status(upload).expect(404);
    other.patch(upload, 0, part(0, 1000)).expect(404);
    other.finish(upload, digest, content).expect(404);
    other.cancel(upload).expect(404);
    pusher.finish(upload, digest, content).expect(201);
  }

  @Test
  void anUploadThatWasCancelledOrRefusedIsForgotten() {
    URI cancelled = pusher.openUpload();
    pusher.cancel(cancelled).expect(204);
    pusher.status(cancelled).expect(404);
    URI refused = pusher.openUpload();
    pusher.finish(refused, Digest.of(part(0, 1)), content).expect(400);
    pusher.status(refused).expect(404);
  }

  @Test
  void aChunkOutOfOrderLeavesTheUploadWhereItStands() {
    AtomicReference<URI> upload = new AtomicReference<>(pusher.openUpload());
    send(upload, 0, 1000);
    pusher.patch(upload.get(), 500, part(500, 1000)).expect(416);
    pusher.status(upload.get()).expect(204).expectHeader("Range", "0-999");
    pusher.finish(upload.get(), digest, part(1000, 3000)).expect(201);
  }

  @Test
  void anUploadGoesOnByTheDatabaseWhenThisIsNotTheOnlyWriterAnyMore() {
    AtomicReference<URI> upload = new AtomicReference<>(begin());
    URI other = begin();
    writer.doubt();
    assertThat(statements.count(() -> pusher.status(upload.get()).expect(204))).isOne();
    send(upload, 0, 1000);
    deleteRow(other);
    await().atMost(PATIENCE).until(writer::isHeld);
    pusher.status(other).expect(404);
    pusher.status(upload.get()).expect(204).expectHeader("Range", "0-999");
    pusher.finish(upload.get(), digest, part(1000, 3000)).expect(201);
  }

  @Test
  void anUploadGoesWithItsProject() {
    NewProject doomed = registry.newPrivateProject();
    RepositoryClient there = as(registry.newMember(doomed, Role.DEVELOPER), doomed);
    URI upload = there.openUpload();
    begun.flush();
    there.status(upload).expect(204);
    registry.delete(doomed);
    NewProject again = registry.newProjectNamed(doomed.name(), false);
    there.status(upload).expect(404);
    registry.delete(again);
  }

  @Test
  void aRowThatSomebodyTookAwayIsMissedWithTheNextChunk() {
    URI upload = begin();
    deleteRow(upload);
    pusher.patch(upload, 0, part(0, 1000)).expect(409);
    pusher.patch(upload, 0, part(0, 1000)).expect(404);
  }

  private void deleteRow(URI upload) {
    String path = upload.getPath();
    UUID id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    assertThat(database.update("DELETE FROM upload_session WHERE id = ?", id)).isOne();
  }
}
