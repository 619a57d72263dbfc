-- An invoice whose orders or lines changed, and that the rooms above have not looked at since. No foreign key: what is
-- written here in a transaction about orders must not wait for the invoice's row.
CREATE TABLE invoice_news (
    workspace_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    CONSTRAINT pk_invoice_news PRIMARY KEY (workspace_id, invoice_id)
);

CREATE TABLE line_item (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    key text NOT NULL,
    printavo_status text,
    inksoft jsonb NOT NULL DEFAULT '[]',
    CONSTRAINT pk_line_item PRIMARY KEY (workspace_id, id),
    CONSTRAINT uq_line_item_workspace_id_invoice_id_key UNIQUE (workspace_id, invoice_id, key),
    CONSTRAINT fk_line_item_invoice FOREIGN KEY (workspace_id, invoice_id) REFERENCES invoice (workspace_id, id),
    CONSTRAINT ck_line_item_printavo_status CHECK (printavo_status IN
        ('need_ordering', 'attached_to_po', 'ordered', 'arrived', 'partially_received', 'received', 'in'))
);

CREATE TABLE purchasing_watch (
    workspace_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    due_at timestamptz NOT NULL,
    quiet_reads integer NOT NULL DEFAULT 0,
    read_at timestamptz,
    CONSTRAINT pk_purchasing_watch PRIMARY KEY (workspace_id, invoice_id),
    CONSTRAINT fk_purchasing_watch_invoice FOREIGN KEY (workspace_id, invoice_id) REFERENCES invoice (workspace_id, id)
);
CREATE INDEX ix_purchasing_watch_due ON purchasing_watch (workspace_id, due_at);

CREATE TABLE purchasing_write (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    line_item_id uuid NOT NULL,
    operation_id uuid NOT NULL,
    external_id text NOT NULL,
    epoch integer NOT NULL,
    status text NOT NULL,
    status_before text,
    state text NOT NULL DEFAULT 'queued',
    sends integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    due_at timestamptz NOT NULL,
    actor jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    settled_at timestamptz,
    CONSTRAINT pk_purchasing_write PRIMARY KEY (workspace_id, id),
    CONSTRAINT fk_purchasing_write_invoice FOREIGN KEY (workspace_id, invoice_id) REFERENCES invoice (workspace_id, id),
    CONSTRAINT fk_purchasing_write_operation FOREIGN KEY (workspace_id, operation_id)
        REFERENCES operation (workspace_id, id),
    CONSTRAINT ck_purchasing_write_state CHECK (state IN ('queued', 'sending', 'unknown', 'done', 'failed')),
    CONSTRAINT ck_purchasing_write_status CHECK (status IN
        ('need_ordering', 'attached_to_po', 'ordered', 'arrived', 'partially_received', 'received', 'in')),
    CONSTRAINT ck_purchasing_write_settled CHECK ((settled_at IS NOT NULL) = (state IN ('done', 'failed'))),
    CONSTRAINT ck_purchasing_write_sent CHECK (state NOT IN ('sending', 'unknown') OR sent_at IS NOT NULL)
);
-- Two writes of one line under way could arrive in either order.
CREATE UNIQUE INDEX uq_purchasing_write_open ON purchasing_write (workspace_id, line_item_id)
    WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX ix_purchasing_write_due ON purchasing_write (workspace_id, due_at)
    WHERE state IN ('queued', 'sending', 'unknown');

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['invoice_news', 'line_item', 'purchasing_watch', 'purchasing_write'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY tenant ON %I TO platen_app USING (workspace_id = app_workspace()) WITH CHECK (workspace_id = app_workspace())',
            name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO platen_app', name);
    END LOOP;
END $$;

-- Whoever reads orders looks at purchasing too.
INSERT INTO workspace_work (workspace_id, kind, due_at)
SELECT workspace_id, 'purchasing', now() FROM workspace_work WHERE kind = 'sync' ON CONFLICT DO NOTHING;
