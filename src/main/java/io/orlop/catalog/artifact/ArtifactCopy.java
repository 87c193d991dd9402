package io.orlop.catalog.artifact;

import io.orlop.catalog.Repositories;
import io.orlop.catalog.RepositoryRef;
import io.orlop.catalog.blob.BlobLinks;
import io.orlop.oci.Digest;
import io.orlop.oci.Manifest;
import io.orlop.oci.ManifestParser;
import io.orlop.oci.MediaType;
import io.orlop.oci.TagName;
import io.orlop.platform.error.ErrorCode;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Copies artifacts between repositories without a byte of their blobs: these are linked. One
 * manifest at a time, children before the index that names them; what breaks off leaves complete
 * manifests, and is asked for again.
 */
@ApplicationScoped
public class ArtifactCopy {
  private final Database database;
  private final Repositories repositories;
  private final BlobLinks links;
  private final ArtifactWriter writer;

  ArtifactCopy(
      Database database, Repositories repositories, BlobLinks links, ArtifactWriter writer) {
    this.database = database;
    this.repositories = repositories;
    this.links = links;
    this.writer = writer;
  }

  /**
   * Copies an artifact with all its tags, its children without theirs, and its accessories.
   *
   * @param artifactId the artifact in its own repository
   */
  public void copy(long artifactId, RepositoryRef target) {
    List<Map.Entry<Long, Boolean>> found = new ArrayList<>(family(artifactId).entrySet());
    for (Map.Entry<Long, Boolean> one : found.reversed()) {
      write(one.getKey(), one.getKey() == artifactId || one.getValue(), target);
    }
  }

  /** Finds all that is to be copied, parents first, and whether each is an accessory. */
  private Map<Long, Boolean> family(long root) {
    Map<Long, Boolean> found = new LinkedHashMap<>();
    Collection<Long> next = List.of(root);
    found.put(root, false);
    while (!next.isEmpty()) {
      Map<Long, Boolean> below = below(next);
      below.keySet().removeAll(found.keySet());
      found.putAll(below);
      next = below.keySet();
    }
    return found;
  }

  private Map<Long, Boolean> below(Collection<Long> artifacts) {
    Map<Long, Boolean> below = new LinkedHashMap<>();
    long[] ids = ListedArtifacts.ids(artifacts);
    database.list(
        """
        SELECT k.id, false FROM artifact_child c
          JOIN artifact k ON k.repository_id = c.repository_id AND k.digest = c.child_digest
         WHERE c.parent_id = ANY (?)
         UNION ALL
        SELECT x.id, true FROM artifact a
          JOIN artifact x ON x.repository_id = a.repository_id AND x.accessory_of = a.digest
         WHERE a.id = ANY (?)
        """,
        row -> below.put(row.getLong(1), row.getBoolean(2)),
        ids,
        ids);
    return below;
  }

  /**
   * One manifest of the family.
   *
   * @param tags its tags in its own repository
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Source(String digest, String mediaType, byte[] body, List<String> tags) {
    static Source of(ResultSet row) throws SQLException {
      return new Source(
          row.getString("digest"),
          row.getString("media_type"),
          row.getBytes("manifest"),
          Arrays.asList((String[]) row.getArray("tags").getArray()));
    }
  }

  private void write(long artifactId, boolean withTags, RepositoryRef target) {
    Source source =
        database
            .first(
                """
                SELECT a.digest, a.media_type, a.manifest,
                       ARRAY(SELECT t.name FROM tag t WHERE t.artifact_id = a.id) AS tags
                  FROM artifact a WHERE a.id = ?
                """,
                Source::of,
                artifactId)
            .orElseThrow(
                () -> ErrorCode.NOT_FOUND.exception("artifact " + artifactId + " not found"));
    Manifest manifest = ManifestParser.parse(source.body(), MediaType.parse(source.mediaType()));
    SortedSet<TagName> tags =
        withTags
            ? source.tags().stream()
                .map(TagName::new)
                .collect(Collectors.toCollection(TreeSet::new))
            : new TreeSet<>();
    links.linkBlobsOf(artifactId, repositories.ensure(target));
    writer.write(
        target, new NewArtifact(Digest.parse(source.digest()), manifest, source.body(), tags));
  }
}
