-- Roles belong to the whole server: another database of it may have made them already.
DO $$
DECLARE wanted text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('platen.roles'));
    FOREACH wanted IN ARRAY ARRAY['platen_app', 'platen_dispatch', 'platen_search'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
        IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
        END IF;
    END LOOP;
END $$;

GRANT USAGE ON SCHEMA public TO platen_app, platen_dispatch, platen_search;
GRANT CREATE ON SCHEMA public TO platen_search;

CREATE FUNCTION app_workspace() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.workspace', true), '')::uuid $$;
CREATE FUNCTION app_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.person', true), '')::uuid $$;

-- Every table with a workspace, but for the allow-list (tests/house/test_tenancy.py holds both).
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'workspace', 'membership', 'connection', 'link_attempt', 'link', 'storefront_settings', 'store_settings', 'store',
        'sharing', 'store_counter', 'store_counter_delta', 'store_order', 'order_document', 'order_copy', 'order_version',
        'sync_cursor', 'sync_run', 'invoice', 'attachment', 'invoice_revision', 'remote_object', 'remote_operation',
        'event', 'event_position', 'attention', 'idempotency_key', 'data_key'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY tenant ON %I TO platen_app USING (workspace_id = app_workspace()) WITH CHECK (workspace_id = app_workspace())',
            name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO platen_app', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['person', 'browser_session', 'attempt', 'account_claim', 'workspace_work', 'outbox'] LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO platen_app', name);
    END LOOP;
END $$;

-- A person sees where they may enter, before entering.
CREATE POLICY own_memberships ON membership FOR SELECT TO platen_app USING (person_id = app_person());
CREATE POLICY own_workspaces ON workspace FOR SELECT TO platen_app
    USING (workspace_id IN (SELECT m.workspace_id FROM membership m WHERE m.person_id = app_person()));

-- Append-only.
REVOKE UPDATE, DELETE ON event, event_position, order_version FROM platen_app;
REVOKE INSERT ON event_position FROM platen_app;

-- The dispatch role: ids and times only.
GRANT SELECT, UPDATE ON workspace_work TO platen_dispatch;
GRANT SELECT, UPDATE, DELETE ON outbox TO platen_dispatch;
GRANT INSERT ON event_position TO platen_dispatch;
CREATE POLICY relay ON event_position FOR INSERT TO platen_dispatch WITH CHECK (true);

GRANT USAGE ON SCHEMA queue TO platen_app, platen_dispatch;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA queue TO platen_dispatch;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA queue TO platen_app, platen_dispatch;
-- Enqueueing needs the columns of its conflict target; what a job carries is not the app's to read.
GRANT INSERT ON queue.pgqueuer, queue.pgqueuer_log TO platen_app;
GRANT SELECT (id, status, entrypoint, dedupe_key, priority) ON queue.pgqueuer TO platen_app;

GRANT SELECT ON alembic_version TO platen_app, platen_dispatch;
