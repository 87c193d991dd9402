package io.orlop.catalog.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.artifact.ManifestService;
import io.orlop.catalog.project.ProjectService;
import io.orlop.catalog.upload.UploadService;
import io.orlop.catalog.upload.UploadService.Chunk;
import io.orlop.identity.Principal;
import io.orlop.oci.Digest;
import io.orlop.oci.MediaType;
import io.orlop.oci.ProjectName;
import io.orlop.oci.Reference;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.weave.Schedule;
import io.orlop.testsupport.weave.Weaver;
import io.orlop.testsupport.weave.Weaver.Work;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Pushes against garbage collection, as a play in whose every order the same holds: what was
 * acknowledged stays, a promise holds, and no live row is without its bytes.
 */
@Dependent
class CollectionPlay {
  private static final Duration GRACE = Duration.ofHours(2);
  private static final byte[] CONTENT = "raced for".getBytes(UTF_8);
  private static final Digest DIGEST = Digest.of(CONTENT);
  private static final Reference TAG = Reference.parse("v1");

  @Inject UploadService uploads;
  @Inject BlobService blobs;
  @Inject ManifestService manifests;
  @Inject ProjectService projects;
  @Inject Repositories repositories;
  @Inject BlobReclamation reclamation;
  @Inject Database database;
  @Inject DataSource dataSource;

  private RepositoryRef repository;
  private RepositoryRef other;
  private boolean unlinks;
  private UnaryOperator<String> rewriting = UnaryOperator.identity();

  /** How things stand at first. */
  enum Before {
    /** Pushed long ago, and nobody came back with a manifest. */
    STALE,
    /** Taken out of its only repository. */
    UNLINKED,
    /** Named by a manifest, for long. */
    NAMED,
    /** Condemned, with its bytes still there. */
    CONDEMNED,
    /** Pushed long ago, and found to be damaged. */
    DAMAGED,
  }

  /** Who is at work. */
  enum Role {
    HEAD_THEN_PUT,
    MOUNT_THEN_PUT,
    PUSH_THEN_PUT,
    PUSH_ELSEWHERE,
    UNLINK,
    DELETE_MANIFEST,
    COLLECT,
    COLLECT_TOO
  }

  /** Makes the stage, for one test. */
  @PostConstruct
  void makeRepositories() {
    String name = "weave-" + UUID.randomUUID();
    long id = projects.create(new ProjectName(name), true, Optional.empty());
    repository = new RepositoryRef(id, new RepositoryName(name + "/app"));
    other = new RepositoryRef(id, new RepositoryName(name + "/other"));
    // The first order would make them, and the others find them: no replay would be exact.
    QuarkusTransaction.requiringNew()
        .run(() -> {
          long _ = repositories.ensure(repository);
          long _ = repositories.ensure(other);
        });
    collectAll();
  }

  /** Plays from now on with other statements than were written. */
  void rewrite(UnaryOperator<String> statements) {
    rewriting = statements;
  }

  /** Plays once, in the next order of a schedule. */
  void run(Before before, List<Role> cast, Schedule schedule) throws Exception {
    reset();
    prepare(before);
    unlinks = cast.contains(Role.UNLINK);
    Map<String, Work> works = new LinkedHashMap<>();
    cast.forEach(role -> works.put(role.name(), () -> act(role)));
    try (Connection observer = dataSource.getConnection()) {
      Weaver weaver = new Weaver(observer, works, rewriting);
      try {
        weaver.run(schedule, this::requireBytesOfLiveRows);
        requireLinksToLiveRows();
        requireManifestsToHoldTheirBlobs();
        requireNothingLeftBehind();
      } catch (AssertionError | IllegalStateException e) {
        throw new AssertionError(before + ", " + cast + ", " + schedule + ":\n  " + weaver, e);
      }
    }
  }

  private void act(Role role) throws Exception {
    switch (role) {
      case HEAD_THEN_PUT -> {
        if (succeeds(() -> blobs.promise(repository, DIGEST), ErrorCode.BLOB_UNKNOWN)) {
          put(repository);
        }
      }
      case MOUNT_THEN_PUT -> {
        if (blobs.mount(other, DIGEST, Optional.of(repository.name()), Principal.ANONYMOUS)) {
          put(other);
        }
      }
      case PUSH_THEN_PUT -> {
        push(repository);
        put(repository);
      }
      case PUSH_ELSEWHERE -> {
        push(other);
        put(other);
      }
      case UNLINK -> {
        boolean _ =
            succeeds(
                () -> blobs.unlink(repository, DIGEST),
                ErrorCode.BLOB_UNKNOWN,
                ErrorCode.UNSUPPORTED);
      }
      case DELETE_MANIFEST -> {
        Reference digest = new Reference.ByDigest(Digest.of(image()));
        boolean _ =
            succeeds(() -> manifests.delete(repository, digest), ErrorCode.MANIFEST_UNKNOWN);
      }
      case COLLECT, COLLECT_TOO -> {
        int _ = reclamation.condemn(10, GRACE);
        int _ = reclamation.reclaim(10, Duration.ZERO);
      }
    }
  }

  private static boolean succeeds(Work work, ErrorCode... refusals) throws Exception {
    try {
      work.run();
      return true;
    } catch (RegistryException e) {
      assertThat(e.code()).isIn((Object[]) refusals);
      return false;
    }
  }

  /** After a promise or a push this succeeds, unless somebody took the blob out by hand. */
  private void put(RepositoryRef target) throws Exception {
    Work put = () -> manifests.push(target, TAG, new TreeSet<>(), null, image());
    if (unlinks && target.equals(repository)) {
      boolean _ = succeeds(put, ErrorCode.MANIFEST_BLOB_UNKNOWN);
    } else {
      put.run();
    }
  }

  private void push(RepositoryRef target) throws IOException {
    uploads.uploadWhole(
        target,
        Principal.ANONYMOUS,
        DIGEST,
        new Chunk(new ByteArrayInputStream(CONTENT), Optional.empty(), OptionalLong.empty()));
  }

  private void prepare(Before before) throws IOException {
    push(repository);
    switch (before) {
      case STALE -> age();
      case UNLINKED -> blobs.unlink(repository, DIGEST);
      case NAMED -> {
        manifests.push(repository, TAG, new TreeSet<>(), null, image());
        age();
      }
      case CONDEMNED -> {
        blobs.unlink(repository, DIGEST);
        int _ = reclamation.condemn(10, GRACE);
      }
      case DAMAGED -> {
        age();
        database.update(
            "UPDATE blob SET damaged_at = now(), damage = 'content' WHERE digest = ?",
            DIGEST.toString());
      }
    }
  }

  private void age() {
    database.update(
        """
        UPDATE repository_blob l SET touched_at = now() - interval '3 hours' FROM blob b
         WHERE b.id = l.blob_id AND b.digest = ?
        """,
        DIGEST.toString());
  }

  /** Clears the stage: what a failed order leaves would stand in the way of other tests. */
  void reset() {
    database.update("DELETE FROM artifact WHERE digest = ?", Digest.of(image()).toString());
    database.update(
        "DELETE FROM repository_blob l USING blob b WHERE b.id = l.blob_id AND b.digest = ?",
        DIGEST.toString());
    collectAll();
  }

  private void collectAll() {
    while (reclamation.condemn(1000, Duration.ofDays(10_000)) > 0) {}
    while (reclamation.reclaim(1000, Duration.ZERO) > 0) {}
  }

  private void requireBytesOfLiveRows() {
    assertThat(keys("condemned_at IS NULL"))
        .allSatisfy(key -> assertThat(blobFolder().resolve(key)).hasBinaryContent(CONTENT));
  }

  private void requireLinksToLiveRows() {
    assertThat(
            database.exists(
                "SELECT FROM repository_blob l JOIN blob b ON b.id = l.blob_id"
                    + " WHERE b.condemned_at IS NOT NULL"))
        .as("a condemned blob is linked")
        .isFalse();
  }

  private void requireManifestsToHoldTheirBlobs() {
    assertThat(
            database.exists(
                "SELECT FROM artifact a WHERE a.digest = ? AND NOT EXISTS"
                    + " (SELECT FROM artifact_blob b WHERE b.artifact_id = a.id)",
                Digest.of(image()).toString()))
        .as("a manifest does not hold its blob")
        .isFalse();
  }

  private void requireNothingLeftBehind() throws IOException {
    collectAll();
    List<String> live = keys("condemned_at IS NULL");
    Path folder = blobFolder().resolve("sha256", DIGEST.hex().substring(0, 2));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(
              files
                  .map(file -> blobFolder().relativize(file).toString())
                  .filter(key -> key.contains(DIGEST.hex())))
          .containsExactlyInAnyOrderElementsOf(live);
    }
    assertThat(keys("true")).isEqualTo(live);
  }

  private List<String> keys(String condition) {
    return database.list(
        "SELECT storage_key FROM blob WHERE digest = ? AND " + condition,
        row -> row.getString(1),
        DIGEST.toString());
  }

  private static Path blobFolder() {
    return Path.of(ConfigProvider.getConfig().getValue("orlop.data", String.class), "blobs")
        .toAbsolutePath();
  }

  private static byte[] image() {
    String descriptor =
        "{\"mediaType\":\"application/vnd.example\",\"digest\":\"%s\",\"size\":%d}"
            .formatted(DIGEST, CONTENT.length);
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[]}"
        .formatted(MediaType.OCI_MANIFEST.value(), descriptor)
        .getBytes(UTF_8);
  }
}
