-- Lets the statement that calls this commit without waiting for the disk, so that the rows that it locks are
-- free again at once, and tells whether it does. Whoever calls this waits for the disk afterwards, before
-- anything is answered. Where a limit is set aside for a transaction, that waits itself.
CREATE FUNCTION commit_lazily() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('orlop.quota', true) = 'off' THEN
    RETURN false;
  END IF;
  PERFORM set_config('synchronous_commit', 'off', true);
  RETURN true;
END
$$;

-- Whether an artifact stands in the list of its repository: no accessory, and tagged or no child of an index.
CREATE FUNCTION artifact_is_listed(repo bigint, artifact bigint, its_digest text, accessory_of text)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT accessory_of IS NULL
     AND (EXISTS (SELECT FROM tag t WHERE t.artifact_id = artifact)
          OR NOT EXISTS (SELECT FROM artifact_child c
                          WHERE c.repository_id = repo AND c.child_digest = its_digest))
$$;

-- Corrects the marks of artifacts of a repository. No others of it are corrected meanwhile, for as long as
-- this takes and no longer: it commits lazily. Each statement in here sees what was committed before it.
-- Returns whether there is something to wait for.
CREATE FUNCTION artifacts_relist(repo bigint, ids bigint[]) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  lazily boolean := commit_lazily();
BEGIN
  PERFORM FROM repository WHERE id = repo FOR KEY SHARE;
  PERFORM pg_advisory_xact_lock(hashtextextended('listed-artifacts', repo));
  PERFORM FROM artifact WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
  WITH corrected AS
    (UPDATE artifact a SET listed = NOT a.listed
      WHERE a.id = ANY (ids) AND a.listed <> artifact_is_listed(repo, a.id, a.digest, a.accessory_of)
     RETURNING a.repository_id, a.listed)
  INSERT INTO repository_delta (repository_id, artifacts)
  SELECT repository_id, sum(CASE WHEN listed THEN 1 ELSE -1 END) FROM corrected GROUP BY repository_id;
  RETURN lazily;
END
$$;

-- Deletes artifacts of a repository, with their tags; commits lazily. Locks the repository, manifests, then
-- their tags, each in the order that everybody keeps. If the one that must be there has gone meanwhile,
-- nothing is, and done is false. Orphans are the children of deleted indexes that stay.
--
-- The blobs that lose a manifest are kept for another grace period: a client may have been told that they are
-- here, which is no promise that anybody wrote down while the manifest named them.
CREATE FUNCTION artifacts_delete(repo bigint, going bigint[], must bigint,
                                 OUT lazily boolean, OUT done boolean, OUT orphans bigint[])
LANGUAGE plpgsql AS $$
BEGIN
  lazily := commit_lazily();
  PERFORM FROM repository WHERE id = repo FOR KEY SHARE;
  PERFORM FROM artifact WHERE id = ANY (going) ORDER BY id FOR UPDATE;
  PERFORM FROM tag WHERE artifact_id = ANY (going) ORDER BY repository_id, name FOR UPDATE;
  done := must IS NULL OR EXISTS (SELECT FROM artifact WHERE id = must);
  orphans := ARRAY(SELECT DISTINCT a.id FROM artifact_child n
                     JOIN artifact a ON a.repository_id = n.repository_id AND a.digest = n.child_digest
                    WHERE n.parent_id = ANY (going) AND NOT a.id = ANY (going));
  IF NOT done THEN
    RETURN;
  END IF;
  WITH named AS MATERIALIZED
    (SELECT l.repository_id, l.blob_id FROM repository_blob l
      WHERE (l.repository_id, l.blob_id) IN
            (SELECT n.repository_id, n.blob_id FROM artifact_blob n WHERE n.artifact_id = ANY (going))
      ORDER BY l.blob_id FOR NO KEY UPDATE OF l)
  UPDATE repository_blob l SET touched_at = now() FROM named
   WHERE l.repository_id = named.repository_id AND l.blob_id = named.blob_id;
  WITH gone AS (DELETE FROM artifact WHERE id = ANY (going) RETURNING repository_id, listed)
  INSERT INTO repository_delta (repository_id, artifacts)
  SELECT repository_id, -count(*) FROM gone WHERE listed GROUP BY repository_id;
END
$$;
