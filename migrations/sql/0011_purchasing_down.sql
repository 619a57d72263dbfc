DROP TABLE purchasing_write, purchasing_watch, line_item, invoice_news;
DELETE FROM workspace_work WHERE kind IN ('purchasing', 'purchasing_writes');
