-- squawk-ignore prefer-bigint-over-int
ALTER TABLE workspace ADD COLUMN version integer NOT NULL DEFAULT 1;
-- squawk-ignore prefer-bigint-over-int
ALTER TABLE membership ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE membership ADD CONSTRAINT ck_membership_role
    CHECK (role IN ('viewer', 'production', 'manager', 'owner')) NOT VALID;
ALTER TABLE membership VALIDATE CONSTRAINT ck_membership_role;
ALTER TABLE browser_session ADD COLUMN agent text NOT NULL DEFAULT '';

-- A workspace never loses its last owner (P1). The lock makes those who take rights away at the same moment wait for
-- each other: each then counts the owners that the other one left.
CREATE FUNCTION keep_an_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM workspace WHERE workspace_id = OLD.workspace_id FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT FROM membership WHERE workspace_id = OLD.workspace_id AND role = 'owner') THEN
        RAISE EXCEPTION 'a workspace keeps an owner' USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_membership_owner';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_an_owner AFTER UPDATE OF role OR DELETE ON membership FOR EACH ROW
    WHEN (OLD.role = 'owner') EXECUTE FUNCTION keep_an_owner();

CREATE TABLE invitation (
    workspace_id uuid NOT NULL CONSTRAINT fk_invitation_workspace REFERENCES workspace (workspace_id),
    id uuid NOT NULL,
    email text NOT NULL,
    role text NOT NULL CONSTRAINT ck_invitation_role CHECK (role IN ('viewer', 'production', 'manager', 'owner')),
    token_hash bytea NOT NULL,
    invited_by uuid NOT NULL,
    invited_by_name text NOT NULL,
    letter_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT pk_invitation PRIMARY KEY (workspace_id, id),
    CONSTRAINT uq_invitation_workspace_id_token_hash UNIQUE (workspace_id, token_hash),
    CONSTRAINT ck_invitation_one_end CHECK (accepted_at IS NULL OR revoked_at IS NULL)
);
CREATE UNIQUE INDEX uq_invitation_open_email ON invitation (workspace_id, email)
    WHERE accepted_at IS NULL AND revoked_at IS NULL;

CREATE TABLE letter (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    sealed bytea,
    state text NOT NULL CONSTRAINT ck_letter_state CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
    -- squawk-ignore prefer-bigint-over-int
    tries integer NOT NULL,
    due_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_letter PRIMARY KEY (workspace_id, id),
    CONSTRAINT ck_letter_sealed CHECK ((state = 'waiting') = (sealed IS NOT NULL))
);
CREATE INDEX ix_letter_due ON letter (workspace_id, due_at) WHERE state = 'waiting';

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['invitation', 'letter'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY tenant ON %I TO platen_app USING (workspace_id = app_workspace()) WITH CHECK (workspace_id = app_workspace())',
            name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO platen_app', name);
    END LOOP;
END $$;

-- On the tenancy allow-list: a forgotten password comes before a workspace is known.
CREATE TABLE password_reset (
    person_id uuid NOT NULL CONSTRAINT fk_password_reset_person REFERENCES person (id),
    id uuid NOT NULL,
    token_hash bytea,
    made_by uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT pk_password_reset PRIMARY KEY (person_id, id),
    CONSTRAINT uq_password_reset_token_hash UNIQUE (token_hash)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON password_reset TO platen_app;
