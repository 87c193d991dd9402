-- What administrators set while the registry runs. A name without a row has its default.
CREATE TABLE setting (
  name text COLLATE "C" PRIMARY KEY,
  value text,
  -- In place of the value where that is a secret: encrypted under the master key.
  secret bytea,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT setting_value_or_secret CHECK ((value IS NULL) <> (secret IS NULL))
);

-- How often what processes keep in memory was changed, by topic: one that missed a notification sees it here.
CREATE TABLE change_topic (
  topic text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL
);
