ALTER TABLE purchasing_write DROP COLUMN riddles;
