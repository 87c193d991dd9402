package io.orlop.catalog.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The transactions that change manifests and tags. */
@ApplicationScoped
class ArtifactWriter {
  /** A repository that is taken away in between is made again. */
  private static final int ATTEMPTS = 3;

  /**
   * Writes nothing unless as many of the named blobs are there as are required. Links are locked in
   * the order of their digests and tags in that of their names, so that no two pushes wait for each
   * other in a circle.
   *
   * <p>What counts for the project is written in the order of digests, too, and charged at the end
   * of the statement. The lock on the project, which pushes share, keeps off whoever looks for what
   * no longer counts.
   */
  private static final String WRITE =
      """
      WITH home AS MATERIALIZED
             (SELECT id, project_id,
                     pg_advisory_xact_lock_shared(1181, (project_id & 2147483647)::integer)
                FROM repository WHERE project_id = ? AND name = ?),
           named AS MATERIALIZED
             (SELECT b.digest, l.blob_id, b.size FROM home
                JOIN repository_blob l ON l.repository_id = home.id
                JOIN blob b ON b.id = l.blob_id
               WHERE b.digest = ANY (?) AND b.condemned_at IS NULL AND b.damaged_at IS NULL
               ORDER BY b.digest FOR KEY SHARE OF l),
           written AS
             (INSERT INTO artifact
                (repository_id, digest, media_type, artifact_type, config_media_type,
                 subject_digest, annotations, manifest, size)
              SELECT home.id, ?, ?, ?, ?, ?, ?::jsonb, ?, ? FROM home
               WHERE (SELECT count(*) FROM named) >= ?
              ON CONFLICT (repository_id, digest) DO UPDATE SET media_type = excluded.media_type
              RETURNING id, repository_id, digest, size),
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
              SELECT w.id, w.repository_id, d FROM written w, unnest(?) AS d
              ON CONFLICT (parent_id, child_digest) DO NOTHING),
           tags AS
             (INSERT INTO tag (repository_id, name, artifact_id)
              SELECT w.repository_id, t.name, w.id
                FROM written w, unnest(?) WITH ORDINALITY AS t (name, n) ORDER BY t.n
              ON CONFLICT (repository_id, name)
                DO UPDATE SET artifact_id = excluded.artifact_id, updated_at = now()),
           listed AS
             (UPDATE repository r SET listed_at = now() FROM written w
               WHERE r.id = w.repository_id AND r.listed_at IS NULL)
      SELECT EXISTS (SELECT FROM home) AS there, EXISTS (SELECT FROM written) AS written,
             ARRAY(SELECT digest FROM named) AS present
      """;

  private final Database database;
  private final Repositories repositories;
  private final ObjectMapper json;
  private final Charges charges;

  ArtifactWriter(Database database, Repositories repositories, ObjectMapper json, Charges charges) {
    this.charges = charges;
    this.database = database;
    this.repositories = repositories;
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
      if (outcome.written()) {
        return;
      }
      if (outcome.repositoryThere()) {
        throw missing(required(artifact), outcome.present());
      }
      long _ = repositories.ensure(repository);
    }
    throw Repositories.unknown(repository.name());
  }

  /**
   * What became of an attempt.
   *
   * @param repositoryThere false if there is no such repository yet: then nothing was written
   * @param written whether all was written
   * @param present which of the named blobs the repository has
   */
  private record Outcome(boolean repositoryThere, boolean written, Set<String> present) {}

  private Outcome tryToWrite(RepositoryRef repository, NewArtifact artifact) {
    try {
      return charges.charge(
          repository.projectId(), artifact.body().length, () -> writeAtOnce(repository, artifact));
    } catch (DatabaseException e) {
      if (e.kind() == DatabaseException.Kind.FOREIGN_KEY_VIOLATION) {
        return new Outcome(false, false, Set.of()); // It was taken away meanwhile.
      }
      throw e;
    }
  }

  /** Writes by one statement, which is a transaction of its own. */
  private Outcome writeAtOnce(RepositoryRef repository, NewArtifact artifact) {
    Manifest manifest = artifact.manifest();
    Descriptor subject = manifest.subject();
    return database.one(
        WRITE,
        ArtifactWriter::outcome,
        repository.projectId(),
        repository.name().value(),
        named(manifest),
        artifact.digest().toString(),
        manifest.mediaType().essence(),
        manifest.referrerArtifactType().orElse(null),
        configMediaType(manifest),
        subject == null ? null : subject.digest().toString(),
        toJson(manifest.annotations()),
        artifact.body(),
        artifact.body().length,
        required(artifact).size(),
        children(manifest),
        artifact.tags().stream().map(TagName::value).toList());
  }

  private static Outcome outcome(ResultSet row) throws SQLException {
    return new Outcome(
        row.getBoolean("there"),
        row.getBoolean("written"),
        Set.of((String[]) row.getArray("present").getArray())); // No digest has two live rows.
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

  /** Removes a tag; the manifest stays. */
  @Transactional
  public boolean deleteTag(long repositoryId, TagName tag) {
    return database.update(
            "DELETE FROM tag WHERE repository_id = ? AND name = ?", repositoryId, tag.value())
        == 1;
  }

  /** Removes a manifest and its tags. */
  @Transactional
  public boolean delete(long repositoryId, Digest digest) {
    if (isNamedByIndex(repositoryId, digest)) {
      throw ErrorCode.MANIFEST_REFERENCED.exception();
    }
    renewGrace(repositoryId, digest);
    return database.update(
            "DELETE FROM artifact WHERE repository_id = ? AND digest = ?",
            repositoryId,
            digest.toString())
        == 1;
  }

  /**
   * Keeps the blobs that lose a manifest for another grace period: a client may have been told that
   * they are here, which is no promise that anybody wrote down while the manifest named them.
   */
  private void renewGrace(long repositoryId, Digest digest) {
    database.update(
        """
        WITH named AS MATERIALIZED
          (SELECT l.repository_id, l.blob_id FROM artifact a
             JOIN artifact_blob n ON n.artifact_id = a.id
             JOIN repository_blob l
               ON l.repository_id = n.repository_id AND l.blob_id = n.blob_id
            WHERE a.repository_id = ? AND a.digest = ?
            ORDER BY l.blob_id FOR NO KEY UPDATE OF l)
        UPDATE repository_blob l SET touched_at = now() FROM named
         WHERE l.repository_id = named.repository_id AND l.blob_id = named.blob_id
        """,
        repositoryId,
        digest.toString());
  }

  /** A fallback tag's index only lists referrers, it does not own them. */
  private boolean isNamedByIndex(long repositoryId, Digest digest) {
    return database.exists(
        """
        SELECT FROM artifact_child c
         WHERE c.repository_id = ? AND c.child_digest = ?
           AND NOT EXISTS (SELECT FROM tag t WHERE t.artifact_id = c.parent_id
                             AND t.name ~ ?)
        """,
        repositoryId,
        digest.toString(),
        TagName.FALLBACK_GRAMMAR);
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

  private String toJson(Map<String, String> annotations) {
    try {
      return json.writeValueAsString(annotations);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Annotations are always JSON", e);
    }
  }
}
