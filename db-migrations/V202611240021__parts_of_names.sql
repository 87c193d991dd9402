-- Parts of names are found by their trigrams where PostgreSQL's own extension for that is there and
-- may be used; elsewhere by reading all names, which takes longer.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX repository_trigrams ON repository USING gin (name gin_trgm_ops)
   WHERE listed_at IS NOT NULL;
  CREATE INDEX audit_name_trigrams ON audit_name USING gin (lower(name) gin_trgm_ops);
EXCEPTION
  WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'Searching without pg_trgm: %', SQLERRM;
END
$$;
