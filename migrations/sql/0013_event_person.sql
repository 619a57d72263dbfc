-- ->> may tell what it read in an error, so PostgreSQL asks it behind the policy only, and an index over it serves nobody.
-- Written before the first release: no table is so large yet that its rewriting keeps anybody waiting.
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX ix_event_person;
-- squawk-ignore adding-field-with-default
ALTER TABLE event ADD COLUMN person_id uuid GENERATED ALWAYS AS (CAST(actor ->> 'person_id' AS uuid)) STORED;
CREATE INDEX ix_event_person ON event (workspace_id, person_id, id);
