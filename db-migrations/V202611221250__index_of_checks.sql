-- Lookups by digest say that they want live, undamaged blobs, too. On a table that was never analysed
-- PostgreSQL would take this index for them, and read all of it each time. They do not say this last
-- condition; the scrub does.
DROP INDEX blob_check;
CREATE INDEX blob_check ON blob (checked_at, id)
 WHERE condemned_at IS NULL AND damaged_at IS NULL AND checked_at > '-infinity';
