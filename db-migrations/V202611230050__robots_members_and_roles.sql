-- Clients compare what a robot account was given with what they wrote: which of the list an access
-- belongs to, and what was written as its effect.
ALTER TABLE robot_permission ADD COLUMN entry integer NOT NULL DEFAULT 0;
ALTER TABLE robot_permission ADD COLUMN effect text COLLATE "C" NOT NULL DEFAULT '';

-- When people were told that it is about to expire.
ALTER TABLE robot ADD COLUMN expiry_announced_at timestamptz;

-- From where each secret was used last: who rotates secrets sees who still has the old one.
ALTER TABLE robot_secret ADD COLUMN last_used_address text;
