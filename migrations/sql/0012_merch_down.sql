DELETE FROM workspace_work WHERE kind IN ('days', 'merch');
DROP TRIGGER tags_are_found ON store_order;
DROP FUNCTION keep_order_tags();
DROP TABLE order_tag, order_note, order_refresh, order_day_zone, order_day_delta, order_day, merch_order, merch_store, merch_reading;
ALTER TABLE store_order DROP COLUMN tags;
