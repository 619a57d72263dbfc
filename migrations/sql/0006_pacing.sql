-- On the tenancy allow-list: keyed hashes of what a vendor counts by, and moments (`api.core.pacing`).
CREATE TABLE pacing (
    subject_hash bytea PRIMARY KEY,
    next_at timestamptz NOT NULL DEFAULT '-infinity',
    line_at timestamptz NOT NULL DEFAULT '-infinity',
    people_until timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);
COMMENT ON COLUMN pacing.next_at IS 'No call for this subject starts before';
COMMENT ON COLUMN pacing.line_at IS 'The last place given in the line of background callers';
COMMENT ON COLUMN pacing.people_until IS 'A person waits: background callers stay back until';
GRANT SELECT, INSERT, UPDATE, DELETE ON pacing TO platen_app;
