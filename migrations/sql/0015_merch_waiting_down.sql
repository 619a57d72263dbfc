DROP INDEX ix_merch_order_store_waiting;
DROP INDEX ix_merch_order_waiting;
