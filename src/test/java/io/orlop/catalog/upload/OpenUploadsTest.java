package io.orlop.catalog.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.project.ProjectService;
import io.orlop.identity.Principal;
import io.orlop.oci.Digest;
import io.orlop.oci.DigestAlgorithm;
import io.orlop.oci.ProjectName;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.storage.StagedUpload;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class OpenUploadsTest {
  /** More than a process admits between two counts. */
  private static final int LIMIT = 100;

  @Inject UploadRows rows;
  @Inject ProjectService projects;
  @Inject Database database;

  private final Principal caller = newCaller();
  private OpenUploads open;
  private RepositoryRef repository;

  private record Limits(int openPerCaller) implements UploadConfig {
    @Override
    public Duration idleTimeout() {
      return Duration.ofDays(1);
    }

    @Override
    public int runningPerCaller() {
      return 0;
    }
  }

  @BeforeEach
  void openProject() {
    ProjectName name = new ProjectName("open-" + UUID.randomUUID());
    repository =
        new RepositoryRef(
            projects.create(name, true, Optional.empty()),
            new RepositoryName(name.value() + "/app"));
    open = new OpenUploads(database, new Limits(LIMIT));
  }

  private static Principal newCaller() {
    long id = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50);
    return new Principal.UserPrincipal(id, "somebody", false, false, 0);
  }

  private UUID begin(Principal principal) {
    UUID id = UUID.randomUUID();
    try (RunningUploads.Place _ = open.admit(principal)) {
      boolean _ =
          rows.add(
              new StagedUpload(id, 0, Map.of(DigestAlgorithm.SHA256, Digest.of(new byte[0]))),
              UploadRows.Owner.of(repository, principal));
    }
    return id;
  }

  private boolean begins() {
    try {
      begin(caller);
      return true;
    } catch (RegistryException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.TOOMANYREQUESTS);
      return false;
    }
  }

  private int begun() {
    return database.one(
        "SELECT count(*) FROM upload_session WHERE principal = ?",
        row -> row.getInt(1),
        caller.key());
  }

  @Test
  void limitIsNeverPassedHoweverManyBeginAtOnce() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2 * LIMIT; i++) {
        threads.execute(() -> {
          boolean _ = begins();
        });
      }
    }
    assertThat(begun()).isLessThanOrEqualTo(LIMIT);
    while (begins()) {
      assertThat(begun()).isLessThanOrEqualTo(LIMIT);
    }
    assertThat(begun()).isEqualTo(LIMIT);
  }

  @Test
  void thereIsRoomAgainWhenUploadsHaveEnded() {
    UUID first = begin(caller);
    while (begins()) {
      assertThat(begun()).isLessThanOrEqualTo(LIMIT);
    }
    rows.delete(first);
    assertThat(begins()).isTrue();
    assertThat(begins()).isFalse();
  }

  @Test
  void uploadsThatCouldNotBeginTakeNoRoom() {
    RepositoryRef gone = repository;
    repository = new RepositoryRef(Long.MAX_VALUE, gone.name());
    for (int i = 0; i < 2 * LIMIT; i++) {
      assertThatThrownBy(() -> begin(caller)).isInstanceOf(RegistryException.class);
    }
    repository = gone;
    for (int i = 0; i < LIMIT; i++) {
      assertThat(begins()).isTrue();
    }
    assertThat(begins()).isFalse();
  }

  @Test
  void callersDoNotTakeEachOthersRoom() {
    while (begins()) {
      assertThat(begun()).isLessThanOrEqualTo(LIMIT);
    }
    assertThat(begin(newCaller())).isNotNull();
  }

  @Test
  void anyNumberMayBeginWithoutALimit() {
    open = new OpenUploads(database, new Limits(0));
    for (int i = 0; i <= LIMIT; i++) {
      assertThat(begins()).isTrue();
    }
  }
}
