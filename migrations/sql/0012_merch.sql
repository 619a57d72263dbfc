-- Printavo's own stores and their orders, read from there (F1, L8). The account is Printavo's: another one's rows never show.
CREATE TABLE merch_reading (
    workspace_id uuid NOT NULL,
    account text NOT NULL,
    listed_at timestamptz,
    failures integer NOT NULL DEFAULT 0,
    trouble text,
    CONSTRAINT pk_merch_reading PRIMARY KEY (workspace_id, account),
    CONSTRAINT ck_merch_reading_trouble
        CHECK (trouble IN ('needs_reauth', 'suspended', 'unavailable', 'not_understood', 'internal_error'))
);
CREATE TABLE merch_store (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    account text NOT NULL,
    external_id text NOT NULL,
    name text NOT NULL,
    status text NOT NULL,
    closes_at timestamptz,
    items_sold integer NOT NULL,
    sales_amount bigint NOT NULL,
    tax_amount bigint NOT NULL,
    currency text NOT NULL,
    opened_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    is_gone boolean NOT NULL DEFAULT false,
    order_count integer NOT NULL DEFAULT 0,
    unfulfilled_order_count integer NOT NULL DEFAULT 0,
    orders_due boolean NOT NULL DEFAULT true,
    orders_began_at timestamptz,
    orders_cursor text,
    orders_read_at timestamptz,
    CONSTRAINT pk_merch_store PRIMARY KEY (workspace_id, id),
    CONSTRAINT uq_merch_store_workspace_id_account_external_id UNIQUE (workspace_id, account, external_id),
    CONSTRAINT ck_merch_store_status CHECK (status IN ('live', 'closed'))
);
CREATE TABLE merch_order (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    account text NOT NULL,
    store_id uuid NOT NULL,
    external_id text NOT NULL,
    number text NOT NULL,
    customer_name text NOT NULL,
    status text NOT NULL,
    delivery text NOT NULL,
    placed_at timestamptz NOT NULL,
    quantity integer NOT NULL,
    items_amount bigint NOT NULL,
    promotion_amount bigint NOT NULL,
    tax_amount bigint NOT NULL,
    delivery_amount bigint NOT NULL,
    total_amount bigint NOT NULL,
    currency text NOT NULL,
    changed_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    CONSTRAINT pk_merch_order PRIMARY KEY (workspace_id, id),
    CONSTRAINT uq_merch_order_workspace_id_account_external_id UNIQUE (workspace_id, account, external_id),
    CONSTRAINT fk_merch_order_store FOREIGN KEY (workspace_id, store_id) REFERENCES merch_store (workspace_id, id),
    CONSTRAINT ck_merch_order_status CHECK (status IN ('unfulfilled', 'fulfilled')),
    CONSTRAINT ck_merch_order_delivery CHECK (delivery IN ('delivery', 'pickup'))
);
CREATE INDEX ix_merch_order_placed ON merch_order (workspace_id, account, placed_at DESC, id DESC);
CREATE INDEX ix_merch_order_store_placed ON merch_order (workspace_id, store_id, placed_at DESC, id DESC);

-- Orders per day of the shop (F2): counted like the stores' figures, changes appended and folded. What is appended carries
-- the moment, in quarters of an hour: every time zone's day begins at one, so that only the fold needs to know the zone.
CREATE TABLE order_day (
    workspace_id uuid NOT NULL,
    store_id uuid NOT NULL,
    on_day date NOT NULL,
    origin text NOT NULL,
    is_free boolean NOT NULL,
    orders integer NOT NULL,
    attached integer NOT NULL,
    CONSTRAINT pk_order_day PRIMARY KEY (workspace_id, store_id, on_day, origin, is_free),
    CONSTRAINT fk_order_day_store FOREIGN KEY (workspace_id, store_id) REFERENCES store (workspace_id, id)
);
CREATE INDEX ix_order_day_day ON order_day (workspace_id, on_day);
CREATE TABLE order_day_delta (
    workspace_id uuid NOT NULL,
    sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    store_id uuid NOT NULL,
    placed_at timestamptz NOT NULL,
    origin text NOT NULL,
    is_free boolean NOT NULL,
    orders integer NOT NULL,
    attached integer NOT NULL,
    CONSTRAINT pk_order_day_delta PRIMARY KEY (workspace_id, sequence)
);
CREATE INDEX ix_order_day_delta_store ON order_day_delta (workspace_id, store_id);
CREATE TABLE order_day_zone (
    workspace_id uuid NOT NULL,
    account text NOT NULL,
    zone text,
    CONSTRAINT pk_order_day_zone PRIMARY KEY (workspace_id, account)
);

-- Orders that somebody asked to be read again now, by the operation that shows how far it is.
CREATE TABLE order_refresh (
    workspace_id uuid NOT NULL,
    operation_id uuid NOT NULL,
    order_id uuid NOT NULL,
    CONSTRAINT pk_order_refresh PRIMARY KEY (workspace_id, operation_id, order_id),
    CONSTRAINT fk_order_refresh_order FOREIGN KEY (workspace_id, order_id) REFERENCES store_order (workspace_id, id)
);

-- What the shop itself says of an order. The row shows the tags, the table finds them: a trigger keeps both equal.
ALTER TABLE store_order ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
CREATE TABLE order_note (
    workspace_id uuid NOT NULL,
    order_id uuid NOT NULL,
    note text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    changed_by text NOT NULL,
    CONSTRAINT pk_order_note PRIMARY KEY (workspace_id, order_id),
    CONSTRAINT fk_order_note_order FOREIGN KEY (workspace_id, order_id) REFERENCES store_order (workspace_id, id)
);
CREATE TABLE order_tag (
    workspace_id uuid NOT NULL,
    tag text NOT NULL,
    order_id uuid NOT NULL,
    CONSTRAINT pk_order_tag PRIMARY KEY (workspace_id, tag, order_id),
    CONSTRAINT fk_order_tag_order FOREIGN KEY (workspace_id, order_id) REFERENCES store_order (workspace_id, id)
);
CREATE INDEX ix_order_tag_order ON order_tag (workspace_id, order_id);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'merch_reading', 'merch_store', 'merch_order', 'order_day', 'order_day_delta', 'order_day_zone',
        'order_refresh', 'order_note', 'order_tag'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY tenant ON %I TO platen_app USING (workspace_id = app_workspace()) WITH CHECK (workspace_id = app_workspace())',
            name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO platen_app', name);
    END LOOP;
END $$;

CREATE FUNCTION keep_order_tags() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM order_tag WHERE workspace_id = NEW.workspace_id AND order_id = NEW.id AND tag <> ALL (NEW.tags);
    INSERT INTO order_tag (workspace_id, tag, order_id)
    SELECT NEW.workspace_id, tag, NEW.id FROM unnest(NEW.tags) AS tag ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER tags_are_found AFTER UPDATE OF tags ON store_order FOR EACH ROW
    WHEN (OLD.tags IS DISTINCT FROM NEW.tags) EXECUTE FUNCTION keep_order_tags();

-- Workspaces with a link begin by themselves: their days are counted, their merch stores read.
INSERT INTO workspace_work (workspace_id, kind, due_at)
SELECT workspace_id, kind, now() FROM (SELECT workspace_id FROM workspace_work WHERE kind = 'sync') linked,
    unnest(ARRAY['days', 'merch']) AS kind
ON CONFLICT DO NOTHING;
