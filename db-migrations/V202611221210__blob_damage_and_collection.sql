-- When a blob's bytes were last known to have its digest: stored bytes were hashed on their way in.
ALTER TABLE blob ADD COLUMN checked_at timestamptz NOT NULL DEFAULT now();
-- A damaged row's bytes are missing or not those of its digest. Pushes treat it as absent and heal it.
ALTER TABLE blob ADD COLUMN damaged_at timestamptz;
ALTER TABLE blob ADD COLUMN damage text COLLATE "C";
ALTER TABLE blob ADD CONSTRAINT blob_damage_is_dated CHECK ((damaged_at IS NULL) = (damage IS NULL));
CREATE INDEX blob_damaged ON blob (checked_at, id) WHERE damaged_at IS NOT NULL;
CREATE INDEX blob_check ON blob (checked_at, id) WHERE condemned_at IS NULL AND damaged_at IS NULL;

-- While a hold has not expired, no condemned bytes are deleted. Whoever holds renews it, so that a
-- holder that died does not hold for ever.
CREATE TABLE collection_hold (
  id uuid PRIMARY KEY,
  reason text NOT NULL,
  expires_at timestamptz NOT NULL
);
