package io.orlop.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.project.ProjectService;
import io.orlop.catalog.upload.UploadService;
import io.orlop.catalog.upload.UploadService.Chunk;
import io.orlop.identity.Principal;
import io.orlop.identity.RefreshTokens;
import io.orlop.identity.UserService;
import io.orlop.oci.ProjectName;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.persistence.Database;
import io.orlop.storage.BlobStore;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class PeriodicWorkTest {
  @Inject @Any Instance<PeriodicWork> works;
  @Inject Database database;
  @Inject UploadService uploads;
  @Inject ProjectService projects;
  @Inject UserService users;
  @Inject RefreshTokens refreshTokens;
  @Inject BlobStore store;

  @Test
  void allOfItIsScheduledUnderItsName() {
    Set<String> scheduled =
        Set.copyOf(database.list("SELECT task_name FROM scheduled_tasks", row -> row.getString(1)));
    assertThat(works.stream().map(PeriodicWork::name)).isNotEmpty().isSubsetOf(scheduled);
  }

  @Test
  void dropsUploadsThatStoodStillWithWhatTheyStaged() throws IOException {
    RepositoryRef repository = newRepository();
    UUID idle = stagedUpload(repository);
    UUID busy = stagedUpload(repository);
    database.update(
        "UPDATE upload_session SET updated_at = now() - interval '2 days' WHERE id = ?", idle);
    run("purge-uploads");
    assertThat(exists(idle)).isFalse();
    assertThat(exists(busy)).isTrue();
    assertThat(store.stagedBefore(Instant.now().plusSeconds(60), 10_000))
        .contains(busy)
        .doesNotContain(idle);
  }

  @Test
  void deletesRefreshTokensThatNobodyUsed() {
    Principal.UserPrincipal user = newUser();
    String idle = refreshTokens.issue(user, "idle");
    String used = refreshTokens.issue(user, "used");
    database.update(
        "UPDATE refresh_token SET last_used_at = now() - interval '91 days'"
            + " WHERE user_id = ? AND client_id = 'idle'",
        user.id());
    assertThat(refreshTokens.redeem(idle)).isEmpty();
    run("purge-refresh-tokens");
    assertThat(count("SELECT count(*) FROM refresh_token WHERE user_id = ?", user.id())).isOne();
    assertThat(refreshTokens.redeem(used)).isPresent();
  }

  @Test
  void deletesRefreshTokensOfAnOlderPassword() {
    Principal.UserPrincipal user = newUser();
    refreshTokens.issue(user, "old");
    users.changePassword(user.id(), "another password");
    run("purge-refresh-tokens");
    assertThat(count("SELECT count(*) FROM refresh_token WHERE user_id = ?", user.id())).isZero();
  }

  private void run(String name) {
    works.stream().filter(work -> work.name().equals(name)).findFirst().orElseThrow().run();
  }

  private RepositoryRef newRepository() {
    ProjectName name = new ProjectName("work-" + UUID.randomUUID());
    long id = projects.create(name, true, Optional.empty());
    return new RepositoryRef(id, new RepositoryName(name.value() + "/app"));
  }

  private UUID stagedUpload(RepositoryRef repository) throws IOException {
    UUID id = uploads.start(repository, Principal.ANONYMOUS, Set.of()).id();
    ByteArrayInputStream bytes = new ByteArrayInputStream(new byte[100]);
    uploads.append(
        repository,
        Principal.ANONYMOUS,
        id,
        new Chunk(bytes, Optional.empty(), OptionalLong.empty()));
    return id;
  }

  private Principal.UserPrincipal newUser() {
    long id = users.create("worker-" + UUID.randomUUID(), "a password", false);
    return users.find(id).orElseThrow();
  }

  private boolean exists(UUID upload) {
    return database.exists("SELECT FROM upload_session WHERE id = ?", upload);
  }

  private long count(String sql, long parameter) {
    return database.one(sql, row -> row.getLong(1), parameter);
  }
}
