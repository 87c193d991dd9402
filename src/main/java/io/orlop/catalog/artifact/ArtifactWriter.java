package io.orlop.catalog.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.oci.Descriptor;
import io.orlop.oci.Digest;
import io.orlop.oci.ImageManifest;
import io.orlop.oci.IndexManifest;
import io.orlop.oci.Manifest;
import io.orlop.oci.TagName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.error.RegistryException;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The transactions that change manifests and tags. */
@ApplicationScoped
class ArtifactWriter {
  private final Database database;
  private final Repositories repositories;
  private final ObjectMapper json;

  ArtifactWriter(Database database, Repositories repositories, ObjectMapper json) {
    this.database = database;
    this.repositories = repositories;
    this.json = json;
  }

  /** Writes a manifest, what it names and its tags, all or nothing. */
  @Transactional
  public void write(RepositoryRef repository, NewArtifact artifact) {
    long repositoryId = repositories.ensure(repository);
    long artifactId = upsert(repositoryId, artifact);
    switch (artifact.manifest()) {
      case ImageManifest image ->
          requireAll(
              image.requiredBlobs(),
              linkBlobs(repositoryId, artifactId, digests(image.requiredBlobs())));
      case IndexManifest index -> {
        // An index may name layers (BuildKit's cache) and manifests that are not here yet.
        linkBlobs(repositoryId, artifactId, digests(index.children()));
        linkChildren(repositoryId, artifactId, digests(index.children()));
      }
    }
    artifact.tags().forEach(tag -> pointTag(repositoryId, tag, artifactId));
    repositories.list(repositoryId);
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

  private long upsert(long repositoryId, NewArtifact artifact) {
    Manifest manifest = artifact.manifest();
    Descriptor subject = manifest.subject();
    return database.one(
        """
        INSERT INTO artifact
          (repository_id, digest, media_type, artifact_type, config_media_type, subject_digest,
           annotations, manifest, size)
        VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
        ON CONFLICT (repository_id, digest) DO UPDATE SET media_type = excluded.media_type
        RETURNING id
        """,
        row -> row.getLong(1),
        repositoryId,
        artifact.digest().toString(),
        manifest.mediaType().essence(),
        manifest.referrerArtifactType().orElse(null),
        configMediaType(manifest),
        subject == null ? null : subject.digest().toString(),
        toJson(manifest.annotations()),
        artifact.body(),
        artifact.body().length);
  }

  private Set<String> linkBlobs(long repositoryId, long artifactId, Collection<String> digests) {
    if (digests.isEmpty()) {
      return Set.of();
    }
    List<String> found =
        database.list(
            """
            SELECT b.digest, b.id FROM blob b
              JOIN repository_blob l ON l.blob_id = b.id
             WHERE l.repository_id = ? AND b.digest = ANY (?)
               AND b.condemned_at IS NULL AND b.damaged_at IS NULL
             ORDER BY b.digest FOR KEY SHARE OF l
            """,
            row -> row.getString(1),
            repositoryId,
            digests);
    database.update(
        """
        INSERT INTO artifact_blob (artifact_id, repository_id, blob_id)
        SELECT ?, l.repository_id, b.id FROM blob b
          JOIN repository_blob l ON l.blob_id = b.id
         WHERE l.repository_id = ? AND b.digest = ANY (?) AND b.condemned_at IS NULL
         ORDER BY b.digest
        ON CONFLICT (artifact_id, blob_id) DO NOTHING
        """,
        artifactId,
        repositoryId,
        found);
    return new HashSet<>(found);
  }

  private void linkChildren(long repositoryId, long artifactId, Collection<String> digests) {
    database.update(
        """
        INSERT INTO artifact_child (parent_id, repository_id, child_digest)
        SELECT ?, ?, d FROM unnest(?) AS d
        ON CONFLICT (parent_id, child_digest) DO NOTHING
        """,
        artifactId,
        repositoryId,
        digests);
  }

  private void pointTag(long repositoryId, TagName tag, long artifactId) {
    database.update(
        """
        INSERT INTO tag (repository_id, name, artifact_id) VALUES (?, ?, ?)
        ON CONFLICT (repository_id, name)
          DO UPDATE SET artifact_id = excluded.artifact_id, updated_at = now()
        """,
        repositoryId,
        tag.value(),
        artifactId);
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

  private static void requireAll(Collection<Descriptor> required, Set<String> present) {
    List<RegistryException.Entry> missing =
        new TreeSet<>(digests(required))
            .stream()
                .filter(digest -> !present.contains(digest))
                .map(ArtifactWriter::missing)
                .toList();
    if (!missing.isEmpty()) {
      throw new RegistryException(missing);
    }
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
