-- The process that is the only one to change what pulls see may answer them from memory. It says so on its
-- connections by orlop.changes=told, and hears on them, with each statement, which repositories to forget.
-- Everybody else who changes any of it, by hand too, waits until that process has stopped remembering: it
-- holds the lock exclusively for as long as it does, and lets go of it soon after somebody waits.
CREATE FUNCTION content_changed(repositories text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF repositories IS NULL THEN
    RETURN;
  END IF;
  IF current_setting('orlop.changes', true) = 'told' THEN
    RAISE NOTICE 'orlop.changed %', repositories;
  ELSE
    PERFORM pg_advisory_xact_lock_shared(1183, 0);
  END IF;
END
$$;

CREATE FUNCTION content_changed_anywhere() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM content_changed('*');
  RETURN NULL;
END
$$;

CREATE FUNCTION content_changed_here() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM content_changed(OLD.repository_id::text);
  RETURN NULL;
END
$$;

CREATE FUNCTION content_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM content_changed((SELECT CASE WHEN count(*) > 50 THEN '*' ELSE string_agg(id::text, ' ') END
                             FROM (SELECT DISTINCT repository_id AS id FROM gone) here));
  RETURN NULL;
END
$$;

CREATE FUNCTION repositories_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM content_changed((SELECT CASE WHEN count(*) > 50 THEN '*' ELSE string_agg(id::text, ' ') END FROM gone));
  RETURN NULL;
END
$$;

-- What goes with something else (at a depth of triggers) is told by what it goes with. What comes anew needs
-- no telling: nobody remembers that something is not there.
CREATE TRIGGER content_changed AFTER UPDATE OF name, project_id ON repository FOR EACH STATEMENT
  EXECUTE FUNCTION content_changed_anywhere();
CREATE TRIGGER content_gone AFTER DELETE ON repository REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION repositories_gone();
CREATE TRIGGER content_gone AFTER DELETE ON project FOR EACH STATEMENT
  EXECUTE FUNCTION content_changed_anywhere();

CREATE TRIGGER content_changed AFTER UPDATE OF repository_id, digest, media_type, size, manifest ON artifact
  FOR EACH ROW
  WHEN (OLD.repository_id <> NEW.repository_id OR OLD.digest <> NEW.digest
    OR OLD.media_type <> NEW.media_type OR OLD.size <> NEW.size OR OLD.manifest <> NEW.manifest)
  EXECUTE FUNCTION content_changed_here();
CREATE TRIGGER content_gone AFTER DELETE ON artifact REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION content_gone();

CREATE TRIGGER content_changed AFTER UPDATE OF repository_id, name, artifact_id ON tag FOR EACH ROW
  WHEN (OLD.artifact_id <> NEW.artifact_id OR OLD.name <> NEW.name OR OLD.repository_id <> NEW.repository_id)
  EXECUTE FUNCTION content_changed_here();
CREATE TRIGGER content_gone AFTER DELETE ON tag REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION content_gone();

CREATE TRIGGER content_changed AFTER UPDATE OF repository_id, blob_id ON repository_blob FOR EACH STATEMENT
  EXECUTE FUNCTION content_changed_anywhere();
CREATE TRIGGER content_gone AFTER DELETE ON repository_blob REFERENCING OLD TABLE AS gone FOR EACH STATEMENT
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION content_gone();

-- Collection condemns what nobody links, many at a time: nobody remembers that.
CREATE FUNCTION content_condemned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM repository_blob WHERE blob_id = OLD.id) THEN
    PERFORM content_changed('*');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER content_condemned AFTER UPDATE OF condemned_at ON blob FOR EACH ROW
  WHEN ((OLD.condemned_at IS NULL) <> (NEW.condemned_at IS NULL)) EXECUTE FUNCTION content_condemned();
CREATE TRIGGER content_changed AFTER UPDATE OF digest, size, storage_key, damaged_at ON blob FOR EACH ROW
  WHEN (OLD.digest <> NEW.digest OR OLD.size <> NEW.size OR OLD.storage_key <> NEW.storage_key
    OR (OLD.damaged_at IS NULL) <> (NEW.damaged_at IS NULL))
  EXECUTE FUNCTION content_changed_anywhere();
