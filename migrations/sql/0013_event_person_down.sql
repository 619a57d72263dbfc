DROP INDEX ix_event_person;
ALTER TABLE event DROP COLUMN person_id;
CREATE INDEX ix_event_person ON event (workspace_id, (actor ->> 'person_id'), id);
