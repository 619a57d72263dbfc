-- How much of their quotas busy callers used, over all processes: keyed hashes and moments (`api.core.limits`), on the
-- tenancy allow-list. Unlogged: after a crash everybody simply has a whole quota.
CREATE UNLOGGED TABLE rate_use (
    subject_hash bytea NOT NULL,
    whole_at timestamptz NOT NULL,
    CONSTRAINT pk_rate_use PRIMARY KEY (subject_hash)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_use TO platen_app;

CREATE TABLE api_key (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    ending text NOT NULL,
    scopes text[] NOT NULL,
    created_by uuid NOT NULL,
    created_by_name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    replaced_by uuid,
    CONSTRAINT pk_api_key PRIMARY KEY (workspace_id, id),
    CONSTRAINT fk_api_key_workspace FOREIGN KEY (workspace_id) REFERENCES workspace (workspace_id),
    CONSTRAINT fk_api_key_api_key FOREIGN KEY (workspace_id, replaced_by) REFERENCES api_key (workspace_id, id),
    CONSTRAINT ck_api_key_scopes CHECK (cardinality(scopes) > 0),
    CONSTRAINT ck_api_key_expiry CHECK (expires_at > created_at)
);
-- A rotated key has one successor; two owners who rotate at once must not leave a third key behind.
CREATE UNIQUE INDEX uq_api_key_replaced_by ON api_key (workspace_id, replaced_by);

-- A key is recognised before its workspace is known: keyed hashes and ids only, on the tenancy allow-list.
CREATE TABLE api_key_digest (
    digest bytea NOT NULL,
    workspace_id uuid NOT NULL,
    key_id uuid NOT NULL,
    CONSTRAINT pk_api_key_digest PRIMARY KEY (digest),
    CONSTRAINT fk_api_key_digest_api_key FOREIGN KEY (workspace_id, key_id) REFERENCES api_key (workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX uq_api_key_digest_key ON api_key_digest (workspace_id, key_id);

ALTER TABLE api_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON api_key TO platen_app
    USING (workspace_id = app_workspace()) WITH CHECK (workspace_id = app_workspace());
GRANT SELECT, INSERT, UPDATE, DELETE ON api_key TO platen_app;
GRANT SELECT, INSERT, DELETE ON api_key_digest TO platen_app;
