-- What the store's driver needs to find the staged bytes of an upload again, in words of its own.
ALTER TABLE upload_session ADD COLUMN driver_state text NOT NULL DEFAULT '';
