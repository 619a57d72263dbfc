DROP INDEX uq_event_position_event_id;
DROP INDEX ix_event_time;
DROP INDEX ix_event_person;
DROP INDEX ix_event_type;
DROP INDEX ix_attention_subject;
DROP INDEX ix_attention_open;
ALTER TABLE attention DROP COLUMN version, DROP COLUMN told_at, DROP COLUMN tried_at, DROP COLUMN resolved_by, DROP COLUMN reason;
DROP TABLE operation;
