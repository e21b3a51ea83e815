"""The audit's verb in the database: what a statement of another room does can be written down by that statement."""

from __future__ import annotations

from django.db import migrations

RECORD = """
CREATE FUNCTION audit_record(actor text, action text, subject text, detail jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_event (actor, action, subject, detail) VALUES ($1, $2, $3, $4);
END $$;
"""

UNRECORD = "DROP FUNCTION audit_record(text, text, text, jsonb)"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunSQL(RECORD, UNRECORD)]
