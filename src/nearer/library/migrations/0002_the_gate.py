"""What the database itself refuses: a public text that nobody signed, and any change to what was signed or recorded."""

from __future__ import annotations

from django.db import migrations

# A signed text is public only as long as these stand; asked at the end of each transaction, so that a page and its
# article, which are two rows, may be written one after the other.
GATE = """
CREATE FUNCTION library_is_signed(article bigint, digest text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM library_edition e WHERE e.article_id = $1 AND e.text_hash = $2
        AND EXISTS (SELECT FROM library_signoff s WHERE s.edition_id = e.id AND s.part = 'clinical' AND s.voided_at IS NULL)
        AND (NOT e.needs_second OR EXISTS (
            SELECT FROM library_signoff s WHERE s.edition_id = e.id AND s.part = 'second' AND s.voided_at IS NULL)))
$$;
CREATE FUNCTION library_gate(article bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE shown record;
BEGIN
    SELECT p.slug, p.title, a.text_hash, e.content::jsonb AS signed INTO shown
        FROM wagtailcore_page p JOIN library_article a ON a.page_ptr_id = p.id
        LEFT JOIN library_edition e ON e.article_id = p.id AND e.text_hash = a.text_hash
        WHERE p.id = article AND p.live;
    IF NOT FOUND THEN RETURN; END IF;
    IF NOT library_is_signed(article, shown.text_hash) THEN
        RAISE EXCEPTION 'article % can''t be public: no valid signature covers its text', shown.slug
            USING ERRCODE = 'check_violation';
    END IF;
    IF shown.signed->>'title' <> shown.title OR shown.signed->>'slug' <> shown.slug THEN
        RAISE EXCEPTION 'article % can''t be public: its title or address is not the signed one', shown.slug
            USING ERRCODE = 'check_violation';
    END IF;
END $$;
CREATE FUNCTION library_gate_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM library_gate(NEW.id); RETURN NULL; END $$;
CREATE FUNCTION library_gate_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM library_gate(NEW.page_ptr_id); RETURN NULL; END $$;
CREATE FUNCTION library_gate_signoff() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM library_gate(e.article_id) FROM library_edition e WHERE e.id = NEW.edition_id; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER library_gate AFTER INSERT OR UPDATE ON wagtailcore_page
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.live) EXECUTE FUNCTION library_gate_page();
CREATE CONSTRAINT TRIGGER library_gate AFTER INSERT OR UPDATE ON library_article
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION library_gate_article();
CREATE CONSTRAINT TRIGGER library_gate AFTER UPDATE ON library_signoff
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION library_gate_signoff();
"""

NO_GATE = """
DROP TRIGGER library_gate ON library_signoff;
DROP TRIGGER library_gate ON library_article;
DROP TRIGGER library_gate ON wagtailcore_page;
DROP FUNCTION library_gate_signoff();
DROP FUNCTION library_gate_article();
DROP FUNCTION library_gate_page();
DROP FUNCTION library_gate(bigint);
DROP FUNCTION library_is_signed(bigint, text);
"""

# A public text is changed as a whole by Article.save, which knows its hash; not a column or a claim at a time.
WHOLE = """
CREATE FUNCTION library_as_a_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    article bigint := (changed->>TG_ARGV[0])::bigint;
BEGIN
    IF current_setting('nearer.saved_article', true) IS DISTINCT FROM article::text
        AND EXISTS (SELECT FROM wagtailcore_page p WHERE p.id = article AND p.live) THEN
        RAISE EXCEPTION 'article % is public: its text changes as a whole, through review', article
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER library_as_a_whole BEFORE UPDATE ON library_article
    FOR EACH ROW EXECUTE FUNCTION library_as_a_whole('page_ptr_id');
CREATE TRIGGER library_as_a_whole BEFORE INSERT OR UPDATE OR DELETE ON library_claim
    FOR EACH ROW EXECUTE FUNCTION library_as_a_whole('article_id');
CREATE TRIGGER library_as_a_whole BEFORE INSERT OR UPDATE OR DELETE ON library_contribution
    FOR EACH ROW EXECUTE FUNCTION library_as_a_whole('article_id');
"""

NOT_WHOLE = """
DROP TRIGGER library_as_a_whole ON library_contribution;
DROP TRIGGER library_as_a_whole ON library_claim;
DROP TRIGGER library_as_a_whole ON library_article;
DROP FUNCTION library_as_a_whole();
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [
        migrations.RunSQL(GATE, NO_GATE),
        migrations.RunSQL(WHOLE, NOT_WHOLE),
    ]
