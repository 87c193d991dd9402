package io.orlop.catalog.blob;

import static io.orlop.platform.persistence.Database.LAZY_COMMIT;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orlop.access.Action;
import io.orlop.access.Authorizer;
import io.orlop.access.ProjectAccess;
import io.orlop.catalog.ContentChanges;
import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.quota.Charges;
import io.orlop.identity.Principal;
import io.orlop.oci.Digest;
import io.orlop.oci.RepositoryName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.metrics.CacheMeters;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import io.orlop.platform.persistence.JointQuery;
import io.orlop.storage.StorageKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds, mounts and unlinks the blobs of repositories. Bytes are never touched here. */
@ApplicationScoped
public class BlobService {
  private static final String FIND =
      """
      SELECT q.n, f.*
        FROM unnest(?::bigint[], ?::text[], ?::text[])
             WITH ORDINALITY AS q (project_id, repository, digest, n)
       CROSS JOIN LATERAL (
             SELECT r.id AS repository_id, b.id AS blob_id, b.size, b.storage_key,
                    b.damaged_at IS NOT NULL AS damaged,
                    l.touched_at <= now() - make_interval(secs => ?)
                      AND NOT EXISTS (SELECT FROM artifact_blob a
                                       WHERE a.repository_id = r.id AND a.blob_id = b.id)
                      AS touch_due
               FROM repository r
               JOIN blob b ON b.digest = q.digest AND b.condemned_at IS NULL
               JOIN repository_blob l ON l.repository_id = r.id AND l.blob_id = b.id
              WHERE r.project_id = q.project_id AND r.name = q.repository
              LIMIT 1) f
      """
          + Database.ONE_PLAN;

  /** Some 5 MiB. */
  private static final int REMEMBERED = 8_192;

  private final Database database;
  private final Repositories repositories;
  private final BlobLinks links;
  private final Charges charges;
  private final Authorizer authorizer;
  private final Grace grace;
  private final JointQuery<Question, Optional<Found>> lookup;
  private final ContentChanges changes;
  private final Cache<Question, Remembered> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).recordStats().build();

  BlobService(
      Database database,
      Repositories repositories,
      BlobLinks links,
      Charges charges,
      Authorizer authorizer,
      Grace grace,
      ContentChanges changes,
      CacheMeters meters) {
    this.database = database;
    this.grace = grace;
    this.repositories = repositories;
    this.links = links;
    this.charges = charges;
    this.authorizer = authorizer;
    this.changes = changes;
    this.lookup = database.jointly(this::answer);
    meters.watch("blobs", remembered);
  }

  /**
   * Finds a blob of a repository.
   *
   * @throws RegistryException NAME_UNKNOWN or BLOB_UNKNOWN; BLOB_DAMAGED if its bytes are known not
   *     to be those of its digest
   */
  public BlobInfo require(RepositoryRef repository, Digest digest) {
    Question question = new Question(repository, digest);
    return remembered(question).orElseGet(() -> find(question));
  }

  /**
   * Finds a blob of a repository without waiting for anything; empty if the database has to be
   * asked.
   */
  public Optional<BlobInfo> remembered(RepositoryRef repository, Digest digest) {
    return remembered(new Question(repository, digest));
  }

  private Optional<BlobInfo> remembered(Question question) {
    return Optional.ofNullable(remembered.getIfPresent(question))
        .filter(known -> changes.holds(question.repository(), known.repositoryId(), known.moment()))
        .map(Remembered::blob);
  }

  /**
   * Finds a blob for a client that asks whether it may leave out an upload. The answer is a
   * promise: a blob that no manifest names yet is kept for another grace period. A damaged blob is
   * absent, so that the client uploads it and thereby heals it.
   */
  public BlobInfo promise(RepositoryRef repository, Digest digest) {
    return promiseIfHere(repository, digest).orElseThrow(() -> absent(repository, digest));
  }

  /** Makes the same promise; empty if it cannot be made. */
  public Optional<BlobInfo> promiseIfHere(RepositoryRef repository, Digest digest) {
    return lookup
        .ask(new Question(repository, digest))
        .filter(found -> !found.damaged() && (!found.touchDue() || renewGrace(found)))
        .map(Found::blob);
  }

  /**
   * Links a blob of another repository.
   *
   * <p>The source is judged by the caller's rights now. Whether the source lacks the blob, does not
   * exist or may not be read makes no difference to the caller.
   *
   * @param from the repository that should have the blob; empty for any that the caller may pull
   *     from
   * @return whether the blob is linked now
   * @throws RegistryException DENIED if the project's quota does not allow it
   */
  public boolean mount(
      RepositoryRef target, Digest digest, Optional<RepositoryName> from, Principal principal) {
    Optional<Source> source =
        from.isPresent()
            ? readableSource(digest, from.get(), principal)
            : anyReadableSource(digest, principal);
    return source.isPresent()
        && charges.charge(
            target.projectId(),
            source.get().size(),
            () -> links.link(target, source.get().blobId()));
  }

  /**
   * Removes a blob from a repository. The bytes stay until garbage collection finds that nobody
   * links them.
   *
   * @throws RegistryException UNSUPPORTED if a manifest of the repository names the blob
   */
  public void unlink(RepositoryRef repository, Digest digest) {
    long repositoryId = repositories.require(repository);
    try {
      boolean _ =
          changes
              .changing(
                  repositoryId,
                  () ->
                      database.firstDurably(
                          """
                          DELETE FROM repository_blob l USING blob b
                           WHERE b.id = l.blob_id AND l.repository_id = ? AND b.digest = ?
                          RETURNING commit_lazily() AS lazily
                          """,
                          _ -> true,
                          repositoryId,
                          digest.toString()))
              .orElseThrow(() -> absent(repository, digest));
    } catch (DatabaseException e) {
      if (e.violates("artifact_blob_linked")) {
        throw ErrorCode.UNSUPPORTED.exception(
            "blob " + digest + " is named by a manifest of " + repository + ": delete that first");
      }
      throw e;
    }
  }

  private BlobInfo find(Question question) {
    long moment = changes.now();
    Found found =
        lookup.ask(question).orElseThrow(() -> absent(question.repository(), question.digest()));
    if (found.damaged()) {
      throw BlobContents.refusal(found.blob());
    }
    if (moment != ContentChanges.NEVER) {
      remembered.put(question, new Remembered(found.blob(), found.repositoryId(), moment));
    }
    return found.blob();
  }

  private List<Optional<Found>> answer(List<Question> questions) {
    List<Optional<Found>> answers =
        new ArrayList<>(Collections.nCopies(questions.size(), Optional.empty()));
    database.list(
        FIND,
        row -> {
          int asked = row.getInt("n") - 1;
          return answers.set(asked, Optional.of(found(row, questions.get(asked).digest())));
        },
        questions.stream().mapToLong(question -> question.repository().projectId()).toArray(),
        questions.stream().map(question -> question.repository().name().value()).toList(),
        questions.stream().map(question -> question.digest().toString()).toList(),
        grace.renewedAfter());
    return answers;
  }

  private Optional<Source> readableSource(Digest digest, RepositoryName from, Principal principal) {
    return authorizer
        .decide(principal, from.project().value())
        .filter(access -> access.allows(Action.PULL, from))
        .flatMap(access ->
            database.first(
                """
                SELECT b.id, b.size FROM blob b
                  JOIN repository_blob l ON l.blob_id = b.id
                  JOIN repository r ON r.id = l.repository_id
                 WHERE b.digest = ? AND b.condemned_at IS NULL AND b.damaged_at IS NULL
                   AND r.project_id = ? AND r.name = ?
                """,
                row -> new Source(row.getLong(1), row.getLong(2)),
                digest.toString(),
                access.projectId(),
                from.value()));
  }

  private Optional<Source> anyReadableSource(Digest digest, Principal principal) {
    List<Holder> holders =
        database.list(
            """
            SELECT b.id, b.size, r.name FROM blob b
              JOIN repository_blob l ON l.blob_id = b.id
              JOIN repository r ON r.id = l.repository_id
             WHERE b.digest = ? AND b.condemned_at IS NULL AND b.damaged_at IS NULL LIMIT 1000
            """,
            row ->
                new Holder(
                    new Source(row.getLong(1), row.getLong(2)),
                    new RepositoryName(row.getString(3))),
            digest.toString());
    Set<String> projects =
        holders.stream()
            .map(holder -> holder.repository().project().value())
            .collect(Collectors.toSet());
    Map<String, ProjectAccess> access = authorizer.decide(principal, projects);
    return holders.stream()
        .filter(holder -> mayPull(access, holder.repository()))
        .map(Holder::blob)
        .findFirst();
  }

  private static boolean mayPull(Map<String, ProjectAccess> access, RepositoryName repository) {
    ProjectAccess project = access.get(repository.project().value());
    return project != null && project.allows(Action.PULL, repository);
  }

  private boolean renewGrace(Found found) {
    return database.update(
            LAZY_COMMIT
                + """
                UPDATE repository_blob SET touched_at = now() FROM lazy
                 WHERE repository_id = ? AND blob_id = ?
                """,
            found.repositoryId(),
            found.blobId())
        == 1;
  }

  private RuntimeException absent(RepositoryRef repository, Digest digest) {
    if (repositories.find(repository).isEmpty()) {
      return Repositories.unknown(repository.name());
    }
    return ErrorCode.BLOB_UNKNOWN.exception(
        "blob " + digest + " not found in " + repository, Map.of("digest", digest.toString()));
  }

  private static Found found(ResultSet row, Digest digest) throws SQLException {
    return new Found(
        row.getLong("repository_id"),
        row.getLong("blob_id"),
        row.getBoolean("touch_due"),
        row.getBoolean("damaged"),
        new BlobInfo(digest, row.getLong("size"), new StorageKey(row.getString("storage_key"))));
  }

  private record Question(RepositoryRef repository, Digest digest) {}

  private record Found(
      long repositoryId, long blobId, boolean touchDue, boolean damaged, BlobInfo blob) {}

  /**
   * A blob that clients were given.
   *
   * @param moment before it was looked for
   */
  private record Remembered(BlobInfo blob, long repositoryId, long moment) {}

  private record Source(long blobId, long size) {}

  private record Holder(Source blob, RepositoryName repository) {}
}
