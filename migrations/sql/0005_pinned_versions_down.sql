DROP TRIGGER one_store ON invoice;
DROP FUNCTION refuse_other_store();
DROP TRIGGER append_only ON event;
DROP TRIGGER pinned ON order_version;
DROP FUNCTION refuse_change();
