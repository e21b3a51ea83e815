from __future__ import annotations

from django.db import migrations

TABLE = """
CREATE TABLE IF NOT EXISTS accounts_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS accounts_cache_expires ON accounts_cache (expires);
"""


class Migration(migrations.Migration):
    """The table in which tries are counted, as Django's database cache has it."""

    dependencies = [
        ("accounts", "0002_roles"),
    ]

    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE IF EXISTS accounts_cache"),
    ]
