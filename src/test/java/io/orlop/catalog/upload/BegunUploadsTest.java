package io.orlop.catalog.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orlop.access.Role;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.upload.UploadRows.Owner;
import io.orlop.identity.Principal;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.SoleWriter;
import io.orlop.storage.StagedUpload;
import io.orlop.testsupport.Account;
import io.orlop.testsupport.Blobs;
import io.orlop.testsupport.EmbeddedDatabase;
import io.orlop.testsupport.RepositoryClient;
import io.orlop.testsupport.StatementCounter;
import io.orlop.testsupport.TestRegistry;
import io.orlop.testsupport.TestRegistry.NewProject;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An upload gets its row with its first chunk, or soon, or none if it ends before that. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class BegunUploadsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject TestRegistry registry;
  @Inject StatementCounter statements;
  @Inject SoleWriter writer;
  @Inject Database database;
  @Inject UploadRows rows;
  @Inject RememberedUploads remembered;

  private final Principal caller = new Principal.UserPrincipal(1, "admin", true, false, 0);
  private final StagedUpload upload = upload(0, UUID.randomUUID());
  private final AtomicInteger places = new AtomicInteger();
  private NewProject project;
  private RepositoryRef repository;
  private Owner owner;

  @BeforeEach
  void makeRepository() {
    project = registry.newPrivateProject();
    repository = new RepositoryRef(project.id(), new RepositoryName(project.name() + "/app"));
    owner = Owner.of(repository, caller);
    await().atMost(PATIENCE).until(writer::isHeld);
  }

  /** With a token, whose rights nobody asks the database for. */
  private RepositoryClient pusher() {
    Account account = registry.newMember(project, Role.DEVELOPER);
    String token = registry.as(account).token("repository:" + repository.name() + ":pull,push");
    return registry.anonymous().bearer(token).repository(repository.name().value());
  }

  private StagedUpload at(long offset) {
    return upload(offset, upload.id());
  }

  private static StagedUpload upload(long offset, UUID id) {
    return new StagedUpload(
        id, offset, Map.of(DigestAlgorithm.SHA256, Digest.of(new byte[(int) offset])));
  }

  private RunningUploads.Place place() {
    places.incrementAndGet();
    return places::decrementAndGet;
  }

  /** Keeps the upload, whose row nobody writes but the test. */
  private BegunUploads keeping(UploadRows written) {
    BegunUploads begun = new BegunUploads(writer, written, remembered);
    assertThat(begun.keep(upload, owner, place())).isTrue();
    begun.end();
    return begun;
  }

  private UploadSessions sessions(UploadRows written, BegunUploads begun) {
    return new UploadSessions(written, begun, remembered);
  }

  private Optional<Long> rowOf(UUID id) {
    return database.first(
        "SELECT committed_offset FROM upload_session WHERE id = ?", row -> row.getLong(1), id);
  }

  private static UUID idOf(URI upload) {
    String path = upload.getPath();
    return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
  }

  /** Now and then one takes so long that its row is written, or uploads are counted. */
  @Test
  void aQuickPushIsOneStatementAndOneMoreForAChunk() {
    RepositoryClient pusher = pusher();
    pusher.pushBlob(Blobs.random(10));
    await().atMost(PATIENCE).until(() -> statements.count(() -> push(pusher)) == 1);
    await().atMost(PATIENCE).until(() -> statements.count(() -> pushByChunk(pusher)) == 2);
  }

  private static void push(RepositoryClient pusher) {
    byte[] content = Blobs.random(1000);
    pusher.finish(pusher.openUpload(), Digest.of(content), content).expect(201);
  }

  private static void pushByChunk(RepositoryClient pusher) {
    byte[] content = Blobs.random(1000);
    URI begun = pusher.openUpload();
    URI upload = pusher.patch(begun, 0, content).expect(202).location();
    pusher.finish(upload, Digest.of(content), new byte[0]).expect(201);
  }

  @Test
  void whatStandsStillGetsItsRow() {
    RepositoryClient pusher = pusher();
    URI upload = pusher.openUpload();
    pusher.status(upload).expect(204);
    await().atMost(PATIENCE).until(() -> rowOf(idOf(upload)).isPresent());
    pusher.status(upload).expect(204);
    byte[] content = Blobs.random(1000);
    pusher.finish(upload, Digest.of(content), content).expect(201);
    assertThat(rowOf(idOf(upload))).isEmpty();
    pusher.status(upload).expect(404);
  }

  @Test
  void aChunkBringsTheRow() {
    RepositoryClient pusher = pusher();
    URI upload = pusher.openUpload();
    pusher.patch(upload, 0, Blobs.random(700)).expect(202);
    assertThat(rowOf(idOf(upload))).contains(700L);
  }

  @Test
  void aProcessThatIsNotTheOnlyWriterWritesAtOnce() {
    RepositoryClient pusher = pusher();
    writer.doubt();
    assertThat(rowOf(idOf(pusher.openUpload()))).contains(0L);
    await().atMost(PATIENCE).until(writer::isHeld);
  }

  @Test
  void endingInOrderWritesAll() {
    keeping(rows).stop(new ShutdownEvent());
    assertThat(rowOf(upload.id())).contains(0L);
    assertThat(places).hasValue(0);
  }

  @Test
  void noRowIsWrittenWhileAnUploadEnds() {
    BegunUploads begun = keeping(rows);
    UploadSessions sessions = sessions(rows, begun);
    boolean ended =
        sessions.end(
            upload.id(),
            () -> {
              CompletableFuture.runAsync(begun::flush).join();
              assertThat(rowOf(upload.id())).isEmpty();
              return true;
            });
    assertThat(ended).isTrue();
    begun.flush();
    assertThat(rowOf(upload.id())).isEmpty();
    assertThat(sessions.find(upload.id(), repository, caller)).isEmpty();
    assertThat(sessions.exists(upload.id())).isFalse();
    assertThat(places).hasValue(0);
  }

  @Test
  void whatCouldNotEndStaysAndGetsItsRow() {
    BegunUploads begun = keeping(rows);
    UploadSessions sessions = sessions(rows, begun);
    assertThat(sessions.end(upload.id(), () -> false)).isFalse();
    assertThat(sessions.find(upload.id(), repository, caller)).isPresent();
    assertThat(places).hasValue(1);
    begun.flush();
    assertThat(rowOf(upload.id())).contains(0L);
    assertThat(places).hasValue(0);
  }

  @Test
  void whatIsDeletedNeedsNoStatement() {
    BegunUploads begun = keeping(rows);
    UploadSessions sessions = sessions(rows, begun);
    assertThat(statements.count(() -> assertThat(sessions.delete(upload.id())).isTrue())).isZero();
    begun.flush();
    assertThat(rowOf(upload.id())).isEmpty();
    assertThat(places).hasValue(0);
  }

  @Test
  void anUploadOfAProjectThatIsGoneIsLetGo() {
    BegunUploads begun = keeping(rows);
    registry.delete(project);
    begun.flush();
    assertThat(begun.has(upload.id())).isFalse();
    assertThat(places).hasValue(0);
  }

  @Test
  void anUploadGoesWithItsProject() {
    RepositoryClient pusher = pusher();
    URI upload = pusher.openUpload();
    registry.delete(project);
    pusher.status(upload).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    pusher.patch(upload, 0, Blobs.random(10)).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    pusher.beginUpload("").expectError(404, "NAME_UNKNOWN");
  }

  /** Rows whose additions take effect, though nobody learns of it. */
  private final class Mute extends UploadRows {
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile boolean mute = true;

    /** Whether they take no effect either. */
    private volatile boolean lost;

    private Mute() {
      super(database);
    }

    @Override
    boolean add(StagedUpload upload, Owner owner) {
      attempts.incrementAndGet();
      boolean added = !lost && super.add(upload, owner);
      if (mute) {
        throw new IllegalStateException(new SQLException("the connection is gone", "08006"));
      }
      return added;
    }
  }

  @Test
  void aRowWhoseAnswerWasLostIsTakenForItsOwn() {
    Mute mute = new Mute();
    BegunUploads begun = keeping(mute);
    UploadSessions sessions = sessions(mute, begun);
    begun.flush();
    assertThat(begun.has(upload.id())).isTrue();
    mute.mute = false;
    assertThat(sessions.advance(0, at(5))).isTrue();
    assertThat(rowOf(upload.id())).contains(5L);
    assertThat(begun.has(upload.id())).isFalse();
    assertThat(places).hasValue(0);
  }

  @Test
  void aChunkWhoseAnswerWasLostCounts() {
    Mute mute = new Mute();
    BegunUploads begun = keeping(mute);
    UploadSessions sessions = sessions(mute, begun);
    assertThatThrownBy(() -> sessions.advance(0, at(5))).isInstanceOf(IllegalStateException.class);
    assertThat(offset(sessions)).isEqualTo(5);
    assertThat(places).hasValue(0);
    assertThat(sessions.advance(5, at(7))).isTrue();
    assertThat(offset(sessions)).isEqualTo(7);
  }

  private long offset(UploadSessions sessions) {
    return sessions.find(upload.id(), repository, caller).orElseThrow().offset();
  }

  @Test
  void anUploadWhoseRowCouldNotBeWrittenIsStillThere() {
    Mute mute = new Mute();
    mute.lost = true;
    UploadSessions sessions = sessions(mute, keeping(mute));
    assertThatThrownBy(() -> sessions.advance(0, at(5))).isInstanceOf(IllegalStateException.class);
    assertThat(offset(sessions)).isZero();
    mute.mute = false;
    mute.lost = false;
    assertThat(sessions.advance(0, at(5))).isTrue();
    assertThat(rowOf(upload.id())).contains(5L);
  }

  @Test
  void rowsThatTheDatabaseDoesNotTakeAreTriedAgain() {
    Mute mute = new Mute();
    mute.lost = true;
    BegunUploads begun = new BegunUploads(writer, mute, remembered);
    assertThat(begun.keep(upload, owner, place())).isTrue();
    await().atMost(PATIENCE).until(() -> mute.attempts.get() > 1);
    mute.mute = false;
    mute.lost = false;
    await().atMost(PATIENCE).until(() -> !begun.has(upload.id()));
    assertThat(rowOf(upload.id())).contains(0L);
    assertThat(places).hasValue(0);
    begun.end();
  }

  @Test
  void noneAreKeptAtTheEndNorMoreThanThereIsRoomFor() {
    BegunUploads begun = new BegunUploads(writer, rows, remembered);
    begun.end();
    assertThat(begun.keep(upload(0, UUID.randomUUID()), owner, place())).isFalse();
    begun = new BegunUploads(writer, new Mute(), remembered);
    int kept = 0;
    while (kept <= BegunUploads.MOST && begun.keep(upload(0, UUID.randomUUID()), owner, place())) {
      kept++;
    }
    begun.end();
    assertThat(kept).isEqualTo(BegunUploads.MOST);
  }

  @Test
  void whatIsDeletedAfterAnAnswerWasLostLeavesNoRow() {
    Mute mute = new Mute();
    BegunUploads begun = keeping(mute);
    begun.flush();
    assertThat(rowOf(upload.id())).isPresent();
    assertThat(sessions(mute, begun).delete(upload.id())).isTrue();
    assertThat(rowOf(upload.id())).isEmpty();
  }
}
