-- How many entries of the audit log each second has, in minutes that have 10,000 or more of them: those who pull
-- at the same time write 20,000 a second, and a page in the midst of such a minute is found by counting seconds.
-- A row takes some 70 bytes with its index. Other minutes have none, since entries that come one by one would each
-- bring a row; what is left of a minute that was busy may have some that nobody reads.
CREATE TABLE audit_second (
  second timestamptz PRIMARY KEY,
  entries bigint NOT NULL
);

-- Whoever writes rows of a minute's seconds holds the row of the minute.
CREATE OR REPLACE FUNCTION audit_minutes_grow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  busy timestamptz[];
BEGIN
  WITH more AS MATERIALIZED (
         SELECT date_bin('1 second', e.op_time, 'epoch') AS second, count(*) AS n FROM entry e GROUP BY 1),
       sums AS MATERIALIZED (
         SELECT date_bin('1 minute', m.second, 'epoch') AS minute, sum(m.n) AS n FROM more m GROUP BY 1),
       held AS (
         INSERT INTO audit_minute AS m (minute, entries)
         SELECT u.minute, u.n FROM sums u ORDER BY u.minute
         ON CONFLICT (minute) DO UPDATE SET entries = m.entries + excluded.entries
         RETURNING m.minute, m.entries),
       seconds AS (
         INSERT INTO audit_second AS s (second, entries)
         SELECT m.second, m.n FROM more m JOIN held h ON h.minute = date_bin('1 minute', m.second, 'epoch')
          WHERE h.entries >= 10000 ORDER BY m.second
         ON CONFLICT (second) DO UPDATE SET entries = s.entries + excluded.entries)
  SELECT array_agg(h.minute) INTO busy FROM held h JOIN sums u ON u.minute = h.minute
   WHERE h.entries >= 10000 AND h.entries - u.n < 10000;
  IF busy IS NOT NULL THEN
    -- Those of the first 10,000 were not counted. A statement of its own sees all that others wrote until they
    -- let go of the minute; what they write from now on they count themselves.
    INSERT INTO audit_second (second, entries)
    SELECT date_bin('1 second', a.op_time, 'epoch'), count(*)
      FROM unnest(busy) AS b (minute)
      JOIN audit_log a ON a.op_time >= b.minute AND a.op_time < b.minute + interval '1 minute'
     GROUP BY 1 ORDER BY 1
    ON CONFLICT (second) DO UPDATE SET entries = excluded.entries;
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION audit_minutes_shrink() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  seconds timestamptz[];
  numbers bigint[];
BEGIN
  SELECT array_agg(e.second), array_agg(e.n) INTO seconds, numbers
    FROM (SELECT date_bin('1 second', op_time, 'epoch') AS second, count(*) AS n FROM entry GROUP BY 1) e;
  WITH fewer AS (
         SELECT date_bin('1 minute', e.second, 'epoch') AS minute, sum(e.n) AS n
           FROM unnest(seconds, numbers) AS e (second, n) GROUP BY 1),
       held AS MATERIALIZED (
         SELECT m.minute, f.n FROM audit_minute m JOIN fewer f ON f.minute = m.minute
          ORDER BY m.minute FOR NO KEY UPDATE OF m)
  UPDATE audit_minute m SET entries = m.entries - h.n FROM held h WHERE m.minute = h.minute;
  DELETE FROM audit_minute m
   WHERE m.entries = 0
     AND m.minute IN (SELECT date_bin('1 minute', e.second, 'epoch') FROM unnest(seconds) AS e (second));
  -- In statements of their own, which see the rows that others made before they let go of the minute. Of a minute
  -- that is busy no longer, new entries are not counted: its seconds may have fewer than they should, never more.
  UPDATE audit_second s SET entries = s.entries - e.n
    FROM unnest(seconds, numbers) AS e (second, n) WHERE s.second = e.second;
  DELETE FROM audit_second s WHERE s.entries <= 0 AND s.second = ANY (seconds);
  RETURN NULL;
END
$$;

-- Waits for all who write, and has them wait: nothing comes in between.
LOCK TABLE audit_log IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO audit_second (second, entries)
SELECT date_bin('1 second', a.op_time, 'epoch'), count(*)
  FROM audit_minute m
  JOIN audit_log a ON a.op_time >= m.minute AND a.op_time < m.minute + interval '1 minute'
 WHERE m.entries >= 10000
 GROUP BY 1;
