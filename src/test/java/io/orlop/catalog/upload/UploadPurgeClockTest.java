package io.orlop.catalog.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.project.ProjectService;
import io.orlop.catalog.upload.UploadService.Chunk;
import io.orlop.identity.Principal;
import io.orlop.oci.ProjectName;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.job.ClockWatch;
import io.orlop.platform.persistence.Database;
import io.orlop.storage.BlobStore;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What the purge makes of a clock that was set. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class UploadPurgeClockTest {
  @Inject UploadSessions sessions;
  @Inject UploadLocks locks;
  @Inject UploadConfig config;
  @Inject BlobStore store;
  @Inject ClockWatch trusted;
  @Inject UploadService uploads;
  @Inject ProjectService projects;
  @Inject Database database;

  @Inject
  @ConfigProperty(name = "orlop.data")
  Path data;

  private RepositoryRef repository = new RepositoryRef(0, new RepositoryName("none/none"));

  private static final class JustSet extends ClockWatch {}

  private void purge(ClockWatch clock) {
    new UploadPurge(sessions, locks, config, store, clock).run();
  }

  private UUID stagedUpload() throws IOException {
    ProjectName name = new ProjectName("clock-" + UUID.randomUUID());
    long id = projects.create(name, true, Optional.empty());
    repository = new RepositoryRef(id, new RepositoryName(name.value() + "/app"));
    UUID upload = uploads.start(repository, Principal.ANONYMOUS, Set.of()).id();
    Chunk chunk =
        new Chunk(new ByteArrayInputStream(new byte[100]), Optional.empty(), OptionalLong.empty());
    uploads.append(repository, Principal.ANONYMOUS, upload, chunk);
    return upload;
  }

  private void shift(UUID upload, Duration by) throws IOException {
    database.update(
        "UPDATE upload_session SET updated_at = now() + ? * interval '1 second' WHERE id = ?",
        by.toSeconds(),
        upload);
    Files.setLastModifiedTime(staged(upload), FileTime.from(Instant.now().plus(by)));
  }

  private Path staged(UUID upload) {
    return data.resolve("uploads").resolve(upload.toString());
  }

  @Test
  void dropsNothingWhileTheClockCannotBeBelieved() throws IOException {
    UUID upload = stagedUpload();
    shift(upload, Duration.ofDays(-400)); // As it looks when the clock jumps ahead.
    purge(new JustSet());
    assertThat(uploads.require(repository, Principal.ANONYMOUS, upload).offset()).isEqualTo(100);
    assertThat(staged(upload)).hasSize(100);

    purge(trusted);
    assertThat(sessions.exists(upload)).isFalse();
    assertThat(staged(upload)).doesNotExist();
  }

  @Test
  void keepsNoUploadUntilTheTimeOfAClockThatWasAhead() throws IOException {
    UUID upload = stagedUpload();
    shift(upload, Duration.ofDays(400)); // As it looks when the clock was set back.
    purge(trusted);
    assertThat(staged(upload)).hasSize(100);
    assertThat(sessions.idleSince(Instant.now().plusSeconds(60), 10_000)).contains(upload);
  }

  @Test
  void dropsStagedBytesOfNobodyWhateverTheirTime() throws IOException {
    UUID upload = stagedUpload();
    shift(upload, Duration.ofDays(400));
    sessions.delete(upload);
    purge(trusted);
    assertThat(staged(upload)).doesNotExist();
  }
}
