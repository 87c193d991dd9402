package io.orlop.catalog.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orlop.catalog.RepositoryRef;
import io.orlop.oci.Digest;
import io.orlop.oci.TagName;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists the manifests that name another one as their subject, and those that an old client listed
 * under the subject's fallback tag.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers">distribution-spec,
 *     listing referrers</a>
 */
@ApplicationScoped
public class ReferrerService {
  /** Clients refuse a manifest above 4 MiB, and the list is one. */
  private static final int MAX_BYTES = 3 * 1024 * 1024;

  private static final String LIST =
      """
      WITH matched AS
        (SELECT a.id, a.digest, octet_length(a.annotations::text) + 600 AS weight
           FROM artifact a
          WHERE a.id IN
                (SELECT s.id FROM repository r
                   JOIN artifact s ON s.repository_id = r.id AND s.subject_digest = ?
                  WHERE r.project_id = ? AND r.name = ?
                  UNION
                 SELECT l.id FROM repository r
                   JOIN tag t ON t.repository_id = r.id AND t.name = ?
                   JOIN artifact_child c ON c.parent_id = t.artifact_id
                   JOIN artifact l ON l.repository_id = r.id AND l.digest = c.child_digest
                                  AND l.subject_digest IS NULL
                  WHERE r.project_id = ? AND r.name = ?)
            AND a.digest > ? AND (?::text IS NULL OR a.artifact_type = ?)
          ORDER BY a.digest LIMIT ?),
      weighed AS
        (SELECT id, sum(weight) OVER (ORDER BY digest) AS total,
                row_number() OVER (ORDER BY digest) AS number, count(*) OVER () AS found
           FROM matched)
      SELECT a.digest, a.media_type, a.size, a.artifact_type, a.annotations::text AS annotations,
             w.found
        FROM weighed w JOIN artifact a ON a.id = w.id
       WHERE (w.total <= ? OR w.number = 1) AND w.number <= ?
       ORDER BY a.digest
      """;

  private static final TypeReference<Map<String, String>> ANNOTATIONS = new TypeReference<>() {};

  private final Database database;
  private final ObjectMapper json;

  ReferrerService(Database database, ObjectMapper json) {
    this.database = database;
    this.json = json;
  }

  /**
   * Which referrers to list.
   *
   * @param artifactType only those of this type, if given
   * @param after the last digest of the page before; empty for the first page
   * @param limit how many at most
   */
  public record Query(Optional<String> artifactType, String after, int limit) {}

  /** One page of referrers, and whether there are more. */
  public record Page(List<Referrer> referrers, boolean more) {}

  /**
   * Lists referrers in the order of their digests, up to {@value #MAX_BYTES} bytes but at least
   * one. The bound is the query's: what goes beyond it never leaves the database.
   *
   * @return also empty if there is no such repository or subject
   */
  public Page list(RepositoryRef repository, Digest subject, Query query) {
    long[] found = {0};
    List<Referrer> page =
        database.list(
            LIST,
            row -> {
              found[0] = row.getLong("found");
              return referrer(row);
            },
            subject.toString(),
            repository.projectId(),
            repository.name().value(),
            TagName.fallbackFor(subject).value(),
            repository.projectId(),
            repository.name().value(),
            query.after(),
            query.artifactType().orElse(null),
            query.artifactType().orElse(null),
            query.limit() + 1,
            MAX_BYTES,
            query.limit());
    return new Page(page, page.size() < found[0]);
  }

  private Referrer referrer(ResultSet row) throws SQLException {
    return new Referrer(
        Digest.parse(row.getString("digest")),
        row.getString("media_type"),
        row.getLong("size"),
        row.getString("artifact_type"),
        annotations(row.getString("annotations")));
  }

  private Map<String, String> annotations(String text) {
    try {
      return json.readValue(text, ANNOTATIONS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database holds annotations that are no JSON", e);
    }
  }
}
