package io.orlop.catalog.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.project.ProjectService;
import io.orlop.oci.Digest;
import io.orlop.oci.MediaType;
import io.orlop.oci.ProjectName;
import io.orlop.oci.Reference;
import io.orlop.oci.RepositoryName;
import io.orlop.oci.TagName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.testsupport.EmbeddedDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The mark of listed artifacts and the counter, when many change a repository at once. */
@QuarkusTest
@WithTestResource(EmbeddedDatabase.class)
class ListedArtifactsTest {
  private static final int PEOPLE = 8;
  private static final int CHANGES = 60;
  private static final int LEAVES = 6;
  private static final int TAGS = 4;

  /** What may be refused, since others are quicker. */
  private static final Set<ErrorCode> EXPECTED =
      Set.of(
          ErrorCode.MANIFEST_UNKNOWN,
          ErrorCode.MANIFEST_REFERENCED,
          ErrorCode.NAME_UNKNOWN,
          ErrorCode.CONFLICT,
          ErrorCode.NOT_FOUND);

  @Inject ManifestService manifests;
  @Inject ArtifactDeletion deletion;
  @Inject TagWriter tags;
  @Inject ProjectService projects;
  @Inject Repositories repositories;
  @Inject Database database;

  private final String project = "listed-" + UUID.randomUUID();

  @Test
  void areExactWhateverHappensAtOnce() throws Exception {
    long projectId = projects.create(new ProjectName(project), true, Optional.empty());
    RepositoryRef repository = new RepositoryRef(projectId, new RepositoryName(project + "/app"));
    push(repository, 0, List.of("t0"));
    long id = repositories.require(repository);
    for (int round = 0; round < 3; round++) {
      changeAtOnce(repository, id, round);
      assertThat(count("a.listed <> (%s)".formatted(rule()), id)).isZero();
      assertThat(counter(id)).isEqualTo(count("a.listed", id));
    }
    while (deletion.deleteSome(id, 3) > 0) {
      assertThat(counter(id)).isEqualTo(count("a.listed", id));
    }
    assertThat(counter(id)).isZero();
  }

  private void changeAtOnce(RepositoryRef repository, long id, int round) throws Exception {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> people = new ArrayList<>();
      for (int person = 0; person < PEOPLE; person++) {
        Random random = new Random(100L * round + person);
        people.add(() -> {
          for (int i = 0; i < CHANGES; i++) {
            change(repository, id, random);
          }
          return null;
        });
      }
      for (Future<Void> done : pool.invokeAll(people)) {
        done.get();
      }
    }
  }

  private void change(RepositoryRef repository, long id, Random random) {
    int leaf = random.nextInt(LEAVES);
    String tag = "t" + random.nextInt(TAGS);
    try {
      switch (random.nextInt(8)) {
        case 0 -> push(repository, leaf, List.of());
        case 1 -> push(repository, leaf, List.of(tag));
        case 2 -> push(repository, LEAVES + leaf / 2, List.of());
        case 3 -> push(repository, LEAVES + leaf / 2, List.of(tag));
        case 4 -> tags.delete(id, new TagName(tag));
        case 5 -> createTag(id, leaf, tag);
        case 6 -> deletion.delete(id, digest(leaf), ArtifactDeletion.Belongings.GO);
        default ->
            deletion.delete(
                id,
                digest(LEAVES + leaf / 2),
                random.nextBoolean()
                    ? ArtifactDeletion.Belongings.GO
                    : ArtifactDeletion.Belongings.STAY);
      }
    } catch (RegistryException e) {
      assertThat(e.code()).as(e.getMessage()).isIn(EXPECTED);
    }
  }

  private void createTag(long id, int leaf, String tag) {
    database
        .first(
            "SELECT id FROM artifact WHERE repository_id = ? AND digest = ?",
            row -> row.getLong(1),
            id,
            digest(leaf).toString())
        .ifPresent(artifact -> tags.create(artifact, new TagName(tag)));
  }

  private void push(RepositoryRef repository, int number, List<String> names) {
    byte[] body = manifest(number);
    TreeSet<TagName> all =
        names.stream().map(TagName::new).collect(Collectors.toCollection(TreeSet::new));
    manifests.push(repository, new Reference.ByDigest(Digest.of(body)), all, null, body);
  }

  private Digest digest(int number) {
    return Digest.of(manifest(number));
  }

  /** The first ones are leaves, each of the others is an index of three of them. */
  private byte[] manifest(int number) {
    String children =
        number < LEAVES
            ? ""
            : IntStream.range(0, 3)
                .mapToObj(i -> manifest((number + i) % LEAVES))
                .map(child ->
                    "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                        .formatted(MediaType.OCI_INDEX.value(), Digest.of(child), child.length))
                .collect(Collectors.joining(","));
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s],\"annotations\":{\"n\":\"%s\"}}"
        .formatted(MediaType.OCI_INDEX.value(), children, project + number)
        .getBytes(UTF_8);
  }

  private static String rule() {
    return "a.accessory_of IS NULL AND (EXISTS (SELECT FROM tag t WHERE t.artifact_id = a.id)"
        + " OR NOT EXISTS (SELECT FROM artifact_child c"
        + " WHERE c.repository_id = a.repository_id AND c.child_digest = a.digest))";
  }

  private long count(String which, long id) {
    return database.one(
        "SELECT count(*) FROM artifact a WHERE a.repository_id = ? AND " + which,
        row -> row.getLong(1),
        id);
  }

  private long counter(long id) {
    return database.one(
        "SELECT artifact_count + coalesce((SELECT sum(artifacts) FROM repository_delta"
            + " WHERE repository_id = r.id), 0) FROM repository r WHERE r.id = ?",
        row -> row.getLong(1),
        id);
  }
}
