package io.orlop.catalog.project;

import io.orlop.platform.job.PeriodicWork;
import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;

/**
 * Knows how many bytes all blobs and manifests have. The database notes what comes and goes; the
 * total and the notes together are right at every moment, so nobody waits for them to be added up.
 */
@ApplicationScoped
public class StoredBytes implements PeriodicWork {
  /** One at a time: a manifest's notes, shared out among two, would count for nothing. */
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('orlop.stored-bytes', 0))";

  /**
   * What manifests with notes change. Their artifacts are those of the total and of the notes
   * together: so there were any before if there are more than the notes have added.
   */
  private static final String OF_MANIFESTS =
      """
      SELECT coalesce(sum(m.size * ((h.artifacts > 0)::int
                                    - (h.artifacts > m.artifacts)::int)), 0)::bigint
        FROM (SELECT digest, max(size) AS size, sum(artifacts) AS artifacts
                FROM %s GROUP BY digest) m,
             LATERAL (SELECT count(*) AS artifacts FROM artifact a WHERE a.digest = m.digest) h
      """;

  private final Database database;

  StoredBytes(Database database) {
    this.database = database;
  }

  /** Returns how many bytes all blobs and manifests have, each counted once. */
  public long total() {
    return database.one(
        "SELECT (SELECT coalesce(sum(bytes), 0) FROM stored_bytes) + ("
            + OF_MANIFESTS.formatted("manifest_change")
            + ")",
        row -> row.getLong(1));
  }

  @Override
  public String name() {
    return "add-up-stored-bytes";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(10);
  }

  @Override
  @Transactional
  public void run() {
    database.exists(LOCK);
    database.update(
        "WITH noted AS (DELETE FROM manifest_change RETURNING digest, size, artifacts)"
            + " INSERT INTO stored_bytes (bytes) SELECT n.bytes FROM ("
            + OF_MANIFESTS.formatted("noted")
            + ") AS n (bytes) WHERE n.bytes <> 0");
    database.update(
        """
        WITH noted AS
               (DELETE FROM stored_bytes WHERE (SELECT count(*) FROM stored_bytes) > 1
                RETURNING bytes)
        INSERT INTO stored_bytes (bytes) SELECT sum(bytes) FROM noted HAVING count(*) > 0
        """);
  }
}
