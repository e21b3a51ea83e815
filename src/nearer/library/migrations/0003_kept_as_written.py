"""What was signed stays as it was signed, and the ledger only grows, each row from the one before."""

from __future__ import annotations

from django.db import migrations

KEPT = """
CREATE FUNCTION library_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is kept as it was written: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER library_refuses_change BEFORE UPDATE OR DELETE ON library_ledgerevent
    FOR EACH ROW EXECUTE FUNCTION library_refuses();
CREATE TRIGGER library_refuses_truncate BEFORE TRUNCATE ON library_ledgerevent
    FOR EACH STATEMENT EXECUTE FUNCTION library_refuses();
CREATE TRIGGER library_refuses_delete BEFORE DELETE ON library_edition
    FOR EACH ROW EXECUTE FUNCTION library_refuses();
CREATE TRIGGER library_refuses_truncate BEFORE TRUNCATE ON library_edition
    FOR EACH STATEMENT EXECUTE FUNCTION library_refuses();
CREATE TRIGGER library_refuses_delete BEFORE DELETE ON library_signoff
    FOR EACH ROW EXECUTE FUNCTION library_refuses();
CREATE TRIGGER library_refuses_truncate BEFORE TRUNCATE ON library_signoff
    FOR EACH STATEMENT EXECUTE FUNCTION library_refuses();
-- Wagtail may forget its copy of a text; the text itself stays.
CREATE TRIGGER library_refuses_change BEFORE UPDATE ON library_edition FOR EACH ROW
    WHEN (to_jsonb(OLD) - 'revision_id' IS DISTINCT FROM to_jsonb(NEW) - 'revision_id')
    EXECUTE FUNCTION library_refuses();
-- A signature may be taken back, once, and never given again.
CREATE TRIGGER library_refuses_change BEFORE UPDATE ON library_signoff FOR EACH ROW
    WHEN (OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL
        OR to_jsonb(OLD) - '{voided_at,void_reason}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{voided_at,void_reason}'::text[])
    EXECUTE FUNCTION library_refuses();
ALTER TABLE library_edition ADD CONSTRAINT library_hash_of_the_text
    CHECK (text_hash = encode(sha256(convert_to(content, 'UTF8')), 'hex'));
ALTER TABLE library_edition ADD CONSTRAINT library_second_where_it_touches
    CHECK (needs_second = (jsonb_array_length(content::jsonb->'touches') > 0));
"""

NOT_KEPT = """
ALTER TABLE library_edition DROP CONSTRAINT library_second_where_it_touches;
ALTER TABLE library_edition DROP CONSTRAINT library_hash_of_the_text;
DROP TRIGGER library_refuses_change ON library_signoff;
DROP TRIGGER library_refuses_change ON library_edition;
DROP TRIGGER library_refuses_truncate ON library_signoff;
DROP TRIGGER library_refuses_delete ON library_signoff;
DROP TRIGGER library_refuses_truncate ON library_edition;
DROP TRIGGER library_refuses_delete ON library_edition;
DROP TRIGGER library_refuses_truncate ON library_ledgerevent;
DROP TRIGGER library_refuses_change ON library_ledgerevent;
DROP FUNCTION library_refuses();
"""

CHAIN = """
CREATE FUNCTION library_next_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
    SELECT position, hash INTO last FROM library_ledgerevent ORDER BY position DESC LIMIT 1;
    IF NEW.position <> coalesce(last.position, 0) + 1 OR NEW.previous <> coalesce(last.hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'ledger row % does not follow from row %', NEW.position, coalesce(last.position, 0)
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER library_next_row BEFORE INSERT ON library_ledgerevent
    FOR EACH ROW EXECUTE FUNCTION library_next_row();
CREATE FUNCTION library_told_in_the_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM library_ledgerevent l JOIN library_edition e ON e.id = NEW.edition_id
        WHERE l.position = NEW.ledger_position AND l.step = 'signed' AND l.record::jsonb->>'text_hash' = e.text_hash) THEN
        RAISE EXCEPTION 'a signature that ledger row % does not tell of', NEW.ledger_position
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER library_told_in_the_ledger BEFORE INSERT ON library_signoff
    FOR EACH ROW EXECUTE FUNCTION library_told_in_the_ledger();
"""

NO_CHAIN = """
DROP TRIGGER library_told_in_the_ledger ON library_signoff;
DROP FUNCTION library_told_in_the_ledger();
DROP TRIGGER library_next_row ON library_ledgerevent;
DROP FUNCTION library_next_row();
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0002_the_gate")]
    operations = [migrations.RunSQL(KEPT, NOT_KEPT), migrations.RunSQL(CHAIN, NO_CHAIN)]
