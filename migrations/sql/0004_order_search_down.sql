DROP FUNCTION search_orders(text, uuid, integer);
ALTER TABLE order_search OWNER TO CURRENT_USER;
DROP POLICY tenant ON order_search;
ALTER TABLE order_search DISABLE ROW LEVEL SECURITY;
DROP INDEX ix_order_search_text, ix_order_search_recent, ix_order_search_store_recent;
DROP EXTENSION btree_gin;
DROP EXTENSION pg_trgm;
