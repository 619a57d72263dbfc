CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE INDEX ix_order_search_text ON order_search USING gin (workspace_id, store_id, text gin_trgm_ops);
CREATE INDEX ix_order_search_recent ON order_search (workspace_id, placed_at DESC, order_id DESC);
CREATE INDEX ix_order_search_store_recent ON order_search (workspace_id, store_id, placed_at DESC, order_id DESC);

ALTER TABLE order_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON order_search TO platen_app
    USING (workspace_id = app_workspace()) WITH CHECK (workspace_id = app_workspace());
GRANT SELECT, INSERT, UPDATE, DELETE ON order_search TO platen_app;
ALTER TABLE order_search OWNER TO platen_search;

-- LIKE is not leakproof, so the planner may not use the trigram index under row-level security. The owner of the table is
-- not held by it; the function filters the workspace itself and gives back ids only. Fewer than three characters, and the
-- newest 3,000 orders, are read by recency; older ones by trigram.
CREATE FUNCTION search_orders(needle text, only_store uuid, most integer) RETURNS TABLE (order_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    mine uuid := app_workspace();
    pattern text := '%' || replace(replace(replace(lower(needle), '\', '\\'), '%', '\%'), '_', '\_') || '%';
BEGIN
    IF mine IS NULL THEN
        RETURN;
    END IF;
    IF length(needle) < 3 THEN
        RETURN QUERY SELECT recent.order_id FROM (
            SELECT s.order_id, s.text FROM order_search s
            WHERE s.workspace_id = mine AND (only_store IS NULL OR s.store_id = only_store)
            ORDER BY s.placed_at DESC, s.order_id DESC LIMIT 3000) recent
        WHERE recent.text LIKE pattern LIMIT most;
    ELSIF only_store IS NULL THEN
        RETURN QUERY SELECT s.order_id FROM order_search s
        WHERE s.workspace_id = mine AND s.text LIKE pattern ORDER BY s.placed_at DESC, s.order_id DESC LIMIT most;
    ELSE
        RETURN QUERY SELECT s.order_id FROM order_search s
        WHERE s.workspace_id = mine AND s.store_id = only_store AND s.text LIKE pattern
        ORDER BY s.placed_at DESC, s.order_id DESC LIMIT most;
    END IF;
END $$;
ALTER FUNCTION search_orders(text, uuid, integer) OWNER TO platen_search;
REVOKE ALL ON FUNCTION search_orders(text, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_orders(text, uuid, integer) TO platen_app;
