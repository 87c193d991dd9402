-- How many entries of the audit log each minute has, of all projects and the system together: a page in the
-- midst of a day with hundreds of thousands of them is found by counting minutes.
CREATE TABLE audit_minute (
  minute timestamptz PRIMARY KEY,
  entries bigint NOT NULL
);

CREATE FUNCTION audit_minutes_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_minute AS m (minute, entries)
  SELECT date_bin('1 minute', e.op_time, 'epoch'), count(*) FROM entry e GROUP BY 1 ORDER BY 1
  ON CONFLICT (minute) DO UPDATE SET entries = m.entries + excluded.entries;
  RETURN NULL;
END
$$;
CREATE TRIGGER audit_minutes_grow AFTER INSERT ON audit_log
  REFERENCING NEW TABLE AS entry FOR EACH STATEMENT
  WHEN (current_setting('orlop.restoring', true) IS DISTINCT FROM 'on')
  EXECUTE FUNCTION audit_minutes_grow();

CREATE FUNCTION audit_minutes_shrink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH fewer AS (
         SELECT date_bin('1 minute', e.op_time, 'epoch') AS minute, count(*) AS n FROM entry e GROUP BY 1),
       held AS MATERIALIZED (
         SELECT m.minute, f.n FROM audit_minute m JOIN fewer f ON f.minute = m.minute
          ORDER BY m.minute FOR NO KEY UPDATE OF m)
  UPDATE audit_minute m SET entries = m.entries - h.n FROM held h WHERE m.minute = h.minute;
  DELETE FROM audit_minute m
   WHERE m.entries = 0
     AND m.minute IN (SELECT DISTINCT date_bin('1 minute', e.op_time, 'epoch') FROM entry e);
  RETURN NULL;
END
$$;
CREATE TRIGGER audit_minutes_shrink AFTER DELETE ON audit_log
  REFERENCING OLD TABLE AS entry FOR EACH STATEMENT
  WHEN (current_setting('orlop.restoring', true) IS DISTINCT FROM 'on')
  EXECUTE FUNCTION audit_minutes_shrink();

-- After the triggers, whose making waits for all who write: nothing comes in between.
INSERT INTO audit_minute (minute, entries)
SELECT date_bin('1 minute', op_time, 'epoch'), count(*) FROM audit_log GROUP BY 1;
