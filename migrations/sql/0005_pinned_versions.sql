CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '% rows never change', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER pinned BEFORE UPDATE OR DELETE ON order_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- An invoice belongs to one store for life (A3).
CREATE FUNCTION refuse_other_store() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'an invoice keeps its store' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER one_store BEFORE UPDATE OF store_id ON invoice FOR EACH ROW
    WHEN (OLD.store_id IS DISTINCT FROM NEW.store_id) EXECUTE FUNCTION refuse_other_store();
