package io.orlop.catalog.pull;

import io.orlop.catalog.pull.PullRecorder.Count;
import io.orlop.catalog.pull.PullRecorder.Pulled;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes how often and when things were pulled. What is gone meanwhile is left out. */
@ApplicationScoped
class PullWriter {
  /** Each batch is a transaction of its own: rows are locked in order within one only. */
  static final int BATCH = 1000;

  /**
   * Repositories are locked first, then manifests, then tags, each in order, as pushes do. Without
   * the count PostgreSQL would run what changes tags before what changes manifests.
   */
  private static final String WRITE =
      """
      WITH pulled AS MATERIALIZED
             (SELECT r.id AS repository_id, a.id AS artifact_id, q.tag, q.pulls,
                     q.last::timestamptz AS last, q.shown::timestamptz AS shown
                FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[],
                            ?::text[])
                     AS q (project_id, repository, digest, tag, pulls, last, shown)
                JOIN repository r ON r.project_id = q.project_id AND r.name = q.repository
                JOIN artifact a ON a.repository_id = r.id AND a.digest = q.digest
                 FOR KEY SHARE OF r),
           artifacts AS MATERIALIZED
             (SELECT a.id, p.shown
                FROM (SELECT artifact_id, max(shown) AS shown FROM pulled
                       WHERE shown > 'epoch' GROUP BY artifact_id) p
                JOIN artifact a ON a.id = p.artifact_id
               ORDER BY a.id FOR NO KEY UPDATE OF a),
           seen AS
             (UPDATE artifact a SET pulled_at = greatest(a.pulled_at, n.shown) FROM artifacts n
               WHERE a.id = n.id),
           tags AS MATERIALIZED
             (SELECT t.repository_id, t.name, p.shown FROM pulled p
                JOIN tag t ON t.repository_id = p.repository_id AND t.name = p.tag
               WHERE p.shown > 'epoch' AND (SELECT count(*) FROM artifacts) >= 0
               ORDER BY t.repository_id, t.name FOR NO KEY UPDATE OF t),
           by_tag AS
             (UPDATE tag t SET pulled_at = greatest(t.pulled_at, n.shown) FROM tags n
               WHERE t.repository_id = n.repository_id AND t.name = n.name)
      INSERT INTO repository_delta (repository_id, pulls, at)
      SELECT repository_id, sum(pulls), max(last) FROM pulled WHERE pulls > 0
       GROUP BY repository_id
      """;

  private final Database database;

  PullWriter(Database database) {
    this.database = database;
  }

  /** Writes at most {@link #BATCH} pulls, all or nothing. */
  void write(List<Map.Entry<Pulled, Count>> pulls) {
    List<Pulled> pulled = pulls.stream().map(Map.Entry::getKey).toList();
    List<Count> counts = pulls.stream().map(Map.Entry::getValue).toList();
    database.update(
        WRITE,
        pulled.stream().mapToLong(one -> one.repository().projectId()).toArray(),
        pulled.stream().map(one -> one.repository().name().value()).toList(),
        pulled.stream().map(one -> one.digest().toString()).toList(),
        pulled.stream().map(Pulled::tag).toList(),
        counts.stream().mapToLong(Count::pulls).toArray(),
        counts.stream().map(Count::last).map(Instant::toString).toList(),
        counts.stream().map(Count::shown).map(Instant::toString).toList());
  }
}
