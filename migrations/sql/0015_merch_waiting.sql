-- Orders of Merch that wait are few among those that are done: found without walking the history.
CREATE INDEX ix_merch_order_waiting ON merch_order (workspace_id, account, placed_at DESC, id DESC)
WHERE status = 'unfulfilled';
CREATE INDEX ix_merch_order_store_waiting ON merch_order (workspace_id, store_id, placed_at DESC, id DESC)
WHERE status = 'unfulfilled';
