package io.orlop.catalog.artifact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.catalog.ContentChanges;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.artifact.ManifestService.Found;
import io.orlop.oci.Digest;
import io.orlop.oci.Reference;
import io.orlop.platform.metrics.CacheMeters;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.JointQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds manifests for pulls, as the database has them at that moment.
 *
 * <p>Which digest a reference leads to is remembered for as long as {@link ContentChanges} knows
 * that it still does. Else the database says so each time, and sends the bytes along unless they
 * are here already: what a digest stands for never changes.
 */
@ApplicationScoped
class ManifestLookup {
  private static final String FIND =
      """
      SELECT q.n, a.digest, a.media_type, a.size, a.repository_id,
             CASE WHEN a.size <= q.most AND a.digest <> q.known THEN a.manifest END
        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[])
             WITH ORDINALITY AS q (project_id, repository, reference, known, most, n)
       CROSS JOIN LATERAL (
             SELECT a.digest, a.media_type, a.size, a.repository_id, a.manifest
               FROM repository r %s
              WHERE r.project_id = q.project_id AND r.name = q.repository
              LIMIT 1) a
      """
          + Database.ONE_PLAN;
  private static final String BY_TAG =
      FIND.formatted(
          "JOIN tag t ON t.repository_id = r.id AND t.name = q.reference"
              + " JOIN artifact a ON a.id = t.artifact_id");
  private static final String BY_DIGEST =
      FIND.formatted("JOIN artifact a ON a.repository_id = r.id AND a.digest = q.reference");

  /** Some 2,000 ordinary manifests. */
  private static final long KEPT_BYTES = 8 << 20;

  /** What a kept manifest takes besides its bytes: its key and digest. */
  private static final int OVERHEAD_BYTES = 500;

  private final Database database;
  private final ContentChanges changes;
  private final JointQuery<Question, Optional<Answer>> byTag;
  private final JointQuery<Question, Optional<Answer>> byDigest;
  private final Cache<Key, Kept> kept =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_BYTES)
          .<Key, Kept>weigher((_, manifest) -> manifest.weight())
          .executor(Runnable::run)
          .recordStats()
          .build();

  ManifestLookup(Database database, ContentChanges changes, CacheMeters meters) {
    this.database = database;
    this.changes = changes;
    this.byTag = database.jointly(questions -> answer(BY_TAG, questions));
    this.byDigest = database.jointly(questions -> answer(BY_DIGEST, questions));
    meters.watch("manifests", kept);
  }

  /** Finds a manifest with its bytes, if they are not too many. */
  Optional<Found> find(RepositoryRef repository, Reference reference) {
    Key key = new Key(repository, reference.toString());
    Kept before = kept.getIfPresent(key);
    if (before != null && before.bytes() != null && holds(key, before)) {
      return Optional.of(before.found());
    }
    String known =
        before == null || before.bytes() == null ? "" : before.stat().digest().toString();
    return ask(reference, new Question(key, known, ManifestService.ORDINARY_BYTES), before);
  }

  /** Finds what a manifest is. */
  Optional<ManifestStat> stat(RepositoryRef repository, Reference reference) {
    Key key = new Key(repository, reference.toString());
    Kept before = kept.getIfPresent(key);
    Optional<Found> found =
        before != null && holds(key, before)
            ? Optional.of(before.found())
            : ask(reference, new Question(key, "", -1), before);
    return found.map(Found::stat);
  }

  /** Finds what is in memory of a manifest; empty if the database has to be asked. */
  Optional<Found> remembered(RepositoryRef repository, Reference reference) {
    Key key = new Key(repository, reference.toString());
    Kept before = kept.getIfPresent(key);
    return before != null && holds(key, before) ? Optional.of(before.found()) : Optional.empty();
  }

  private boolean holds(Key key, Kept manifest) {
    return changes.holds(key.repository(), manifest.repositoryId(), manifest.moment());
  }

  private Optional<Found> ask(Reference reference, Question question, @Nullable Kept before) {
    long moment = changes.now();
    Optional<Answer> answer =
        switch (reference) {
          case Reference.ByTag _ -> byTag.ask(question);
          case Reference.ByDigest _ -> byDigest.ask(question);
        };
    return answer.map(known -> keep(question.key(), known, before, moment));
  }

  private Found keep(Key key, Answer answer, @Nullable Kept before, long moment) {
    byte[] bytes = answer.bytes();
    if (bytes == null && before != null && before.stat().digest().equals(answer.stat().digest())) {
      bytes = before.bytes();
    }
    Kept manifest = new Kept(answer.stat(), bytes, answer.repositoryId(), moment);
    if (answer.bytes() != null || moment != ContentChanges.NEVER) {
      kept.put(key, manifest);
    }
    return manifest.found();
  }

  private List<Optional<Answer>> answer(String sql, List<Question> questions) {
    List<Optional<Answer>> answers =
        new ArrayList<>(Collections.nCopies(questions.size(), Optional.empty()));
    database.list(
        sql,
        row -> answers.set(row.getInt(1) - 1, Optional.of(answer(row))),
        questions.stream().mapToLong(question -> question.key().repository().projectId()).toArray(),
        questions.stream().map(question -> question.key().repository().name().value()).toList(),
        questions.stream().map(question -> question.key().reference()).toList(),
        questions.stream().map(Question::known).toList(),
        questions.stream().mapToLong(Question::most).toArray());
    return answers;
  }

  private static Answer answer(ResultSet row) throws SQLException {
    return new Answer(
        new ManifestStat(Digest.parse(row.getString(2)), row.getString(3), row.getLong(4)),
        row.getLong(5),
        row.getBytes(6));
  }

  private record Key(RepositoryRef repository, String reference) {}

  /**
   * A question of the database.
   *
   * @param known the digest of the manifest whose bytes are here; empty for none
   * @param most of how many bytes a manifest is sent along
   */
  private record Question(Key key, String known, long most) {}

  @SuppressWarnings("ArrayRecordComponent") // Never compared, and never changed.
  private record Answer(ManifestStat stat, long repositoryId, byte @Nullable [] bytes) {}

  /**
   * What was found last time.
   *
   * @param moment before it was looked for
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and never changed.
  private record Kept(ManifestStat stat, byte @Nullable [] bytes, long repositoryId, long moment) {
    Found found() {
      return new Found(stat, Optional.ofNullable(bytes));
    }

    int weight() {
      return OVERHEAD_BYTES + (bytes == null ? 0 : bytes.length);
    }
  }
}
