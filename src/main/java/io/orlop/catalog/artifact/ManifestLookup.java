package io.orlop.catalog.artifact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.artifact.ManifestService.Found;
import io.orlop.oci.Digest;
import io.orlop.oci.Reference;
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
 * <p>What is kept in memory is only what a digest stands for: the database always says which digest
 * a reference leads to now, and sends the bytes along unless they are here already.
 */
@ApplicationScoped
class ManifestLookup {
  private static final String FIND =
      """
      SELECT q.n, a.digest, a.media_type, a.size,
             CASE WHEN a.size <= q.most AND a.digest <> q.known THEN a.manifest END
        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[])
             WITH ORDINALITY AS q (project_id, repository, reference, known, most, n)
       CROSS JOIN LATERAL (
             SELECT a.digest, a.media_type, a.size, a.manifest
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
  private final JointQuery<Question, Optional<Found>> byTag;
  private final JointQuery<Question, Optional<Found>> byDigest;
  private final Cache<Key, Kept> kept =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_BYTES)
          .weigher((Key _, Kept manifest) -> manifest.bytes().length + OVERHEAD_BYTES)
          .build();

  ManifestLookup(Database database) {
    this.database = database;
    this.byTag = database.jointly(questions -> answer(BY_TAG, questions));
    this.byDigest = database.jointly(questions -> answer(BY_DIGEST, questions));
  }

  /** Finds a manifest with its bytes, if they are not too many. */
  Optional<Found> find(RepositoryRef repository, Reference reference) {
    Key key = new Key(repository, reference.toString());
    Kept before = kept.getIfPresent(key);
    String known = before == null ? "" : before.digest().toString();
    return ask(reference, new Question(key, known, ManifestService.ORDINARY_BYTES))
        .map(found -> complete(key, found, before));
  }

  /** Finds what a manifest is. */
  Optional<ManifestStat> stat(RepositoryRef repository, Reference reference) {
    return ask(reference, new Question(new Key(repository, reference.toString()), "", -1))
        .map(Found::stat);
  }

  private Optional<Found> ask(Reference reference, Question question) {
    return switch (reference) {
      case Reference.ByTag _ -> byTag.ask(question);
      case Reference.ByDigest _ -> byDigest.ask(question);
    };
  }

  private Found complete(Key key, Found found, @Nullable Kept before) {
    if (found.bytes().isPresent()) {
      kept.put(key, new Kept(found.stat().digest(), found.bytes().get()));
      return found;
    }
    return before != null && before.digest().equals(found.stat().digest())
        ? new Found(found.stat(), Optional.of(before.bytes()))
        : found;
  }

  private List<Optional<Found>> answer(String sql, List<Question> questions) {
    List<Optional<Found>> answers =
        new ArrayList<>(Collections.nCopies(questions.size(), Optional.empty()));
    database.list(
        sql,
        row -> answers.set(row.getInt(1) - 1, Optional.of(found(row))),
        questions.stream().mapToLong(question -> question.key().repository().projectId()).toArray(),
        questions.stream().map(question -> question.key().repository().name().value()).toList(),
        questions.stream().map(question -> question.key().reference()).toList(),
        questions.stream().map(Question::known).toList(),
        questions.stream().mapToLong(Question::most).toArray());
    return answers;
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(
        new ManifestStat(Digest.parse(row.getString(2)), row.getString(3), row.getLong(4)),
        Optional.ofNullable(row.getBytes(5)));
  }

  private record Key(RepositoryRef repository, String reference) {}

  /**
   * A question of the database.
   *
   * @param known the digest of the manifest that was found last time; empty for none
   * @param most of how many bytes a manifest is sent along
   */
  private record Question(Key key, String known, long most) {}

  @SuppressWarnings("ArrayRecordComponent") // Never compared, and never changed.
  private record Kept(Digest digest, byte[] bytes) {}
}
