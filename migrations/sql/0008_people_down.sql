DROP TABLE password_reset;
DROP TABLE letter;
DROP TABLE invitation;
DROP TRIGGER keep_an_owner ON membership;
DROP FUNCTION keep_an_owner();
ALTER TABLE browser_session DROP COLUMN agent;
ALTER TABLE membership DROP CONSTRAINT ck_membership_role;
ALTER TABLE membership DROP COLUMN version;
ALTER TABLE workspace DROP COLUMN version;
