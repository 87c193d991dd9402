-- Who asks whether a project still has a manifest knows its digest, and not the repository.
CREATE INDEX artifact_digest ON artifact (digest);

-- What a statement releases is one change of what the project holds, however many rows it deletes.
DROP TRIGGER quota_release ON project_content;
DROP FUNCTION quota_release();
CREATE FUNCTION quota_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO quota_change (project_id, bytes)
  SELECT g.project_id, -sum(g.size) FROM gone g
   WHERE EXISTS (SELECT FROM quota q WHERE q.project_id = g.project_id)
   GROUP BY g.project_id;
  RETURN NULL;
END
$$;
CREATE TRIGGER quota_release AFTER DELETE ON project_content
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  WHEN (current_setting('orlop.restoring', true) IS DISTINCT FROM 'on')
  EXECUTE FUNCTION quota_release();

-- Looks at some of what lost an artifact or a link, in the order in which word of it was left, and stops
-- counting what the project no longer uses. Returns the last id that it looked at, from where the next call
-- goes on; null when nothing is left up to the given one. Each call belongs in a transaction of its own:
-- pushes, which share a lock on their project, wait for it, and get in between two. It need not wait for
-- the disk: what a crash takes back is looked at again.
--
-- The first lock keeps those who release apart, so that pushes never find more than one of them ahead.
CREATE FUNCTION content_release(project bigint, after bigint, upto bigint, at_most integer)
RETURNS bigint LANGUAGE plpgsql
  -- Each digest is looked up by indexes, whatever the statistics of tables that have just been emptied say.
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  looked_at bigint;
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM pg_advisory_xact_lock(1182, (project & 2147483647)::integer);
  PERFORM pg_advisory_xact_lock(1181, (project & 2147483647)::integer);
  WITH due AS MATERIALIZED
         (SELECT id FROM content_check
           WHERE project_id = project AND id > after AND id <= upto ORDER BY id LIMIT at_most),
       asked AS
         (DELETE FROM content_check c USING due
           WHERE c.project_id = project AND c.id = due.id RETURNING c.id, digest, links_count),
       named AS MATERIALIZED
         (SELECT digest, bool_and(links_count) AS links_count FROM asked GROUP BY digest),
       unused AS MATERIALIZED
         (SELECT n.digest FROM named n
           WHERE NOT EXISTS
                   (SELECT FROM artifact a JOIN repository r ON r.id = a.repository_id
                     WHERE a.digest = n.digest AND r.project_id = project)
             AND NOT EXISTS
                   (SELECT FROM blob b
                      JOIN repository_blob l ON l.blob_id = b.id
                      JOIN repository r ON r.id = l.repository_id
                     WHERE b.digest = n.digest AND b.condemned_at IS NULL
                       AND r.project_id = project
                       AND (n.links_count
                             OR EXISTS (SELECT FROM artifact_blob u
                                         WHERE u.repository_id = l.repository_id
                                           AND u.blob_id = l.blob_id)))),
       gone AS
         (DELETE FROM project_content c USING unused u
           WHERE c.project_id = project AND c.digest = u.digest)
  SELECT max(id) INTO looked_at FROM asked;
  RETURN looked_at;
END
$$;
