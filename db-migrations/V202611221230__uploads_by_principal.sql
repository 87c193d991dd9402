-- How many uploads a caller has open is looked at whenever one begins.
CREATE INDEX upload_session_principal ON upload_session (principal);
