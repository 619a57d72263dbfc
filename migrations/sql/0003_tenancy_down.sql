-- The roles stay: other databases of the server may use them.
DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP POLICY %I ON %I', found.policyname, found.tablename);
    END LOOP;
    FOR found IN SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY', found.relname);
    END LOOP;
END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM platen_app, platen_dispatch;
REVOKE ALL ON ALL TABLES IN SCHEMA queue FROM platen_app, platen_dispatch;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA queue FROM platen_app, platen_dispatch;
REVOKE ALL ON SCHEMA queue FROM platen_app, platen_dispatch;
REVOKE ALL ON SCHEMA public FROM platen_app, platen_dispatch, platen_search;
DROP FUNCTION app_workspace();
DROP FUNCTION app_person();
