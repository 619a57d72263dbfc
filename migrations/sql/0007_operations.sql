CREATE TABLE operation (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    status text NOT NULL DEFAULT 'queued',
    done_count integer NOT NULL DEFAULT 0,
    total_count integer,
    subject_type text NOT NULL,
    subject_id uuid NOT NULL,
    problem jsonb,
    result jsonb,
    actor jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT pk_operation PRIMARY KEY (workspace_id, id),
    CONSTRAINT ck_operation_status CHECK (status IN ('queued', 'running', 'done', 'failed', 'needs_you')),
    CONSTRAINT ck_operation_finished CHECK ((finished_at IS NOT NULL) = (status IN ('done', 'failed'))),
    CONSTRAINT ck_operation_problem CHECK ((problem IS NOT NULL) = (status IN ('failed', 'needs_you'))),
    CONSTRAINT ck_operation_counts CHECK (done_count >= 0 AND (total_count IS NULL OR total_count >= done_count))
);
CREATE INDEX ix_operation_subject ON operation (workspace_id, subject_id, id);
ALTER TABLE operation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON operation TO platen_app
    USING (workspace_id = app_workspace()) WITH CHECK (workspace_id = app_workspace());
GRANT SELECT, INSERT, UPDATE, DELETE ON operation TO platen_app;

ALTER TABLE attention
    ADD COLUMN reason text,
    ADD COLUMN resolved_by jsonb,
    ADD COLUMN tried_at timestamptz,
    ADD COLUMN told_at timestamptz,
    ADD COLUMN version integer NOT NULL DEFAULT 1;
CREATE INDEX ix_attention_open ON attention (workspace_id, id) WHERE resolved_at IS NULL;
CREATE INDEX ix_attention_subject ON attention (workspace_id, subject_id, id);

-- The audit list goes by position, and narrows by type, by person and by subject.
CREATE INDEX ix_event_type ON event (workspace_id, type, id);
CREATE INDEX ix_event_person ON event (workspace_id, (actor ->> 'person_id'), id);
CREATE INDEX ix_event_time ON event (workspace_id, occurred_at);
CREATE UNIQUE INDEX uq_event_position_event_id ON event_position (workspace_id, event_id);
