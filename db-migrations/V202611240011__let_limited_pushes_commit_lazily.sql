-- Lets a push into a project with a limit commit without waiting for the disk, and tells whether it does:
-- the row of the quota, which it locks last, is free again at once for the next push. Whoever calls this
-- waits for the disk afterwards, before anything is answered. Where the limit is set aside for a
-- transaction, that waits itself.
CREATE FUNCTION quota_lazily(project bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('orlop.quota', true) = 'off'
     OR NOT EXISTS (SELECT FROM quota WHERE project_id = project AND hard >= 0) THEN
    RETURN false;
  END IF;
  PERFORM set_config('synchronous_commit', 'off', true);
  RETURN true;
END
$$;
