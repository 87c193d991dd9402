package io.orlop.catalog.artifact;

import io.orlop.catalog.ContentChanges;
import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.quota.Charges;
import io.orlop.oci.Descriptor;
import io.orlop.oci.Digest;
import io.orlop.oci.ImageManifest;
import io.orlop.oci.IndexManifest;
import io.orlop.oci.Manifest;
import io.orlop.oci.TagName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import io.orlop.platform.persistence.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes manifests, and the tags that they come with. */
@ApplicationScoped
class ArtifactWriter {
  /** A repository that is taken away in between is made again; so is what others wrote first. */
  private static final int ATTEMPTS = 10;

  /**
   * Writes nothing unless as many of the named blobs are there as are required. The repository is
   * locked first, as everybody does, then links in the order of their digests, then the manifest's
   * row, then tags in the order of their names, so that no two pushes wait for each other in a
   * circle.
   *
   * <p>What was there before is known only of rows that this statement has locked: where somebody
   * else wrote the manifest or a tag meanwhile, it is left alone, and the statement run again.
   *
   * <p>A tag that is moved is one that others may want to move, too: then nobody keeps its lock
   * until the disk has the commit.
   *
   * <p>What counts for the project is written in the order of digests, too, and charged at the end
   * of the statement. The lock on the project, which pushes share, keeps off whoever looks for what
   * no longer counts.
   */
  private static final String WRITE =
      """
      WITH home AS MATERIALIZED
           (SELECT id, project_id,
                   pg_advisory_xact_lock_shared(1181, (project_id & 2147483647)::integer),
                   quota_lazily(project_id) AS lazily
              FROM repository WHERE project_id = ? AND name = ? FOR KEY SHARE),
           named AS MATERIALIZED
             (SELECT b.digest, l.blob_id, b.size FROM home
                JOIN repository_blob l ON l.repository_id = home.id
                JOIN blob b ON b.id = l.blob_id
               WHERE b.digest IN (SELECT q.d FROM unnest(?) WITH ORDINALITY AS q (d, n) %1$s)
                 AND b.condemned_at IS NULL AND b.damaged_at IS NULL
               ORDER BY b.digest FOR KEY SHARE OF l),
           prior AS MATERIALIZED
             (SELECT a.listed FROM home
                JOIN artifact a ON a.repository_id = home.id AND a.digest = ?
                 FOR NO KEY UPDATE OF a),
           held AS MATERIALIZED
             (SELECT t.name, t.artifact_id, commit_lazily() AS lazily FROM home
                JOIN tag t ON t.repository_id = home.id
                 AND t.name IN (SELECT q.d FROM unnest(?) WITH ORDINALITY AS q (d, n) %1$s)
               ORDER BY t.name FOR NO KEY UPDATE OF t),
           written AS
             (INSERT INTO artifact
                (repository_id, digest, media_type, artifact_type, config_media_type,
                 subject_digest, annotations, manifest, size, type, config_digest, child_list,
                 accessory_type, accessory_of, total_size, listed)
              SELECT home.id, g.digest, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, g.accessory_of,
                     least(?::numeric + coalesce(
                             (SELECT sum(coalesce(c.total_size, c.size)) FROM artifact c
                               WHERE c.repository_id = home.id
                                 AND c.digest IN (SELECT q.d FROM unnest(?) WITH ORDINALITY
                                                    AS q (d, n) %1$s)), 0),
                           9223372036854775807)::bigint,
                     g.accessory_of IS NULL
                       AND (g.tagged OR NOT EXISTS
                             (SELECT FROM artifact_child c
                               WHERE c.repository_id = home.id AND c.child_digest = g.digest))
                FROM home, (SELECT ?::text AS digest, ?::text AS accessory_of, ? AS tagged) g
               WHERE (SELECT count(*) FROM named) >= ?
              ON CONFLICT (repository_id, digest) DO UPDATE
                 SET media_type = excluded.media_type, type = excluded.type,
                     config_digest = excluded.config_digest,
                     child_list = excluded.child_list, total_size = excluded.total_size,
                     accessory_type = coalesce(artifact.accessory_type, excluded.accessory_type),
                     accessory_of = coalesce(artifact.accessory_of, excluded.accessory_of),
                     listed = coalesce(artifact.accessory_of, excluded.accessory_of) IS NULL
                                AND (artifact.listed OR ?)
               WHERE EXISTS (SELECT FROM prior)
              RETURNING id, repository_id, listed, digest, size),
           content AS
             (INSERT INTO project_content (project_id, digest, size)
              SELECT home.project_id, c.digest, c.size
                FROM home,
                     (SELECT w.digest, w.size FROM written w
                       UNION ALL
                      SELECT n.digest, n.size FROM written w, named n) c
               ORDER BY c.digest
              ON CONFLICT (project_id, digest) DO NOTHING),
           links AS
             (INSERT INTO artifact_blob (artifact_id, repository_id, blob_id)
              SELECT w.id, w.repository_id, n.blob_id FROM written w, named n ORDER BY n.digest
              ON CONFLICT (artifact_id, blob_id) DO NOTHING),
           children AS
             (INSERT INTO artifact_child (parent_id, repository_id, child_digest)
              SELECT w.id, w.repository_id, q.d
                FROM written w, unnest(?) WITH ORDINALITY AS q (d, n) %1$s
              ON CONFLICT (parent_id, child_digest) DO NOTHING),
           tags AS
             (INSERT INTO tag (repository_id, name, artifact_id)
              SELECT w.repository_id, q.d, w.id
                FROM written w, unnest(?) WITH ORDINALITY AS q (d, n) %1$s ORDER BY q.n
              ON CONFLICT (repository_id, name)
                DO UPDATE SET artifact_id = excluded.artifact_id, updated_at = now()
                 WHERE EXISTS (SELECT FROM held h WHERE h.name = tag.name)
              RETURNING name),
           listed AS
             (UPDATE repository r SET listed_at = now() FROM written w
               WHERE r.id = w.repository_id AND r.listed_at IS NULL),
           counted AS
             (INSERT INTO repository_delta (repository_id, artifacts)
              SELECT w.repository_id, w.listed::int - coalesce(p.listed, false)::int
                FROM written w LEFT JOIN prior p ON true
               WHERE w.listed <> coalesce(p.listed, false))
      SELECT EXISTS (SELECT FROM home) AS there, w.id, w.repository_id,
             (SELECT lazily FROM home) OR EXISTS (SELECT FROM held WHERE lazily) AS lazily,
             ARRAY(SELECT digest FROM named) AS present, (SELECT count(*) FROM tags) AS tagged,
             ARRAY(SELECT DISTINCT h.artifact_id FROM held h WHERE h.artifact_id <> w.id) AS left_alone
        FROM (SELECT) AS nothing LEFT JOIN written w ON true
      """
          .formatted(Database.ONE_PLAN);

  private final Database database;
  private final Repositories repositories;
  private final ListedArtifacts listed;
  private final ArtifactJson json;
  private final Charges charges;
  private final ContentChanges changes;

  ArtifactWriter(
      Database database,
      Repositories repositories,
      ListedArtifacts listed,
      ArtifactJson json,
      Charges charges,
      ContentChanges changes) {
    this.changes = changes;
    this.charges = charges;
    this.database = database;
    this.repositories = repositories;
    this.listed = listed;
    this.json = json;
  }

  /**
   * Writes a manifest, what it names and its tags, all or nothing.
   *
   * @throws RegistryException MANIFEST_BLOB_UNKNOWN if a blob is missing that it cannot do without;
   *     DENIED if the project's quota does not allow it
   */
  public void write(RepositoryRef repository, NewArtifact artifact) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Outcome outcome = tryToWrite(repository, artifact);
      if (!outcome.there()) {
        boolean _ = repositories.prepare(repository);
      } else if (outcome.written().isPresent()) {
        Written written = outcome.written().get();
        if (written.tagged() == artifact.tags().size()) {
          lookAgain(artifact, written);
          return;
        }
      } else if (!outcome.present().containsAll(required(artifact))) {
        throw missing(required(artifact), outcome.present());
      }
    }
    throw ErrorCode.UNAVAILABLE.exception("too many change this manifest at once, try again");
  }

  /** Corrects the marks of other artifacts that this push may have changed; of its own, too. */
  private void lookAgain(NewArtifact artifact, Written written) {
    Set<Long> doubtful = new TreeSet<>(written.leftAlone());
    if (artifact.tags().isEmpty()) {
      doubtful.add(written.id());
    }
    listed.check(written.repositoryId(), doubtful);
    if (artifact.manifest() instanceof IndexManifest) {
      listed.checkChildren(written.repositoryId(), written.id());
    }
  }

  /**
   * What became of an attempt.
   *
   * @param there false if there is no such repository yet: then nothing was written
   * @param present which of the named blobs the repository has
   */
  private record Outcome(boolean there, Set<String> present, Optional<Written> written) {
    static final Outcome NO_REPOSITORY = new Outcome(false, Set.of(), Optional.empty());
  }

  /**
   * The row of a manifest.
   *
   * @param tagged how many tags point to it now, of those that were to
   * @param leftAlone the manifests that they pointed to before
   */
  private record Written(long id, long repositoryId, int tagged, List<Long> leftAlone) {}

  private Outcome tryToWrite(RepositoryRef repository, NewArtifact artifact) {
    try {
      return charges.charge(
          repository.projectId(), artifact.body().length, () -> writeAtOnce(repository, artifact));
    } catch (DatabaseException e) {
      if (e.kind() == DatabaseException.Kind.FOREIGN_KEY_VIOLATION) {
        return Outcome.NO_REPOSITORY; // It was taken away meanwhile.
      }
      throw e;
    }
  }

  /** Writes by one statement, which is a transaction of its own. */
  private Outcome writeAtOnce(RepositoryRef repository, NewArtifact artifact) {
    Manifest manifest = artifact.manifest();
    Descriptor subject = manifest.subject();
    ArtifactModel model = ArtifactModel.of(manifest, artifact.body().length, artifact.tags());
    String accessoryOf = model.accessory().map(ArtifactModel.Accessory::subject).orElse(null);
    List<String> tags = artifact.tags().stream().map(TagName::value).toList();
    boolean tagged = !tags.isEmpty();
    Set<String> children = children(manifest);
    String digest = artifact.digest().toString();
    Optional<Outcome> outcome =
        changes.changing(
            repository,
            () ->
                database.firstDurably(
                    WRITE,
                    ArtifactWriter::outcome,
                    repository.projectId(),
                    repository.name().value(),
                    named(manifest),
                    digest,
                    tags,
                    manifest.mediaType().essence(),
                    manifest.referrerArtifactType().orElse(null),
                    configMediaType(manifest),
                    subject == null ? null : subject.digest().toString(),
                    json.text(manifest.annotations()),
                    artifact.body(),
                    artifact.body().length,
                    model.type(),
                    model.config().map(Digest::toString).orElse(null),
                    json.children(model.children()),
                    model.accessory().map(accessory -> accessory.type().wireName()).orElse(null),
                    model.size(),
                    children,
                    digest,
                    accessoryOf,
                    tagged,
                    required(artifact).size(),
                    tagged,
                    children,
                    tags));
    return outcome.orElseThrow();
  }

  private static Outcome outcome(ResultSet row) throws SQLException {
    Long id = row.getObject("id", Long.class);
    return new Outcome(
        row.getBoolean("there"),
        Set.of((String[]) row.getArray("present").getArray()), // No digest has two live rows.
        id == null
            ? Optional.empty()
            : Optional.of(
                new Written(
                    id,
                    row.getLong("repository_id"),
                    row.getInt("tagged"),
                    List.of((Long[]) row.getArray("left_alone").getArray()))));
  }

  /** The blobs that a manifest cannot do without. */
  private static Set<String> required(NewArtifact artifact) {
    return switch (artifact.manifest()) {
      case ImageManifest image -> digests(image.requiredBlobs());
      case IndexManifest _ -> Set.of();
    };
  }

  /** The blobs that a manifest keeps; an index may name layers, as BuildKit's cache does. */
  private static Set<String> named(Manifest manifest) {
    return switch (manifest) {
      case ImageManifest image -> digests(image.requiredBlobs());
      case IndexManifest index -> digests(index.children());
    };
  }

  /** The manifests that an index names, here or not. */
  private static Set<String> children(Manifest manifest) {
    return switch (manifest) {
      case ImageManifest _ -> Set.of();
      case IndexManifest index -> digests(index.children());
    };
  }

  private static RegistryException missing(Set<String> required, Set<String> present) {
    return new RegistryException(
        required.stream()
            .filter(digest -> !present.contains(digest))
            .map(ArtifactWriter::missing)
            .toList());
  }

  private static RegistryException.Entry missing(String digest) {
    return new RegistryException.Entry(
        ErrorCode.MANIFEST_BLOB_UNKNOWN,
        "blob " + digest + " is not in this repository: push or mount it first",
        Map.of("digest", digest));
  }

  private static Set<String> digests(Collection<Descriptor> descriptors) {
    Set<String> digests = new TreeSet<>();
    descriptors.forEach(descriptor -> digests.add(descriptor.digest().toString()));
    return digests;
  }

  private static @Nullable String configMediaType(Manifest manifest) {
    return switch (manifest) {
      case ImageManifest image ->
          image.config() == null ? null : image.config().mediaType().essence();
      case IndexManifest _ -> null;
    };
  }
}
