from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_own_word")]

    operations = [
        migrations.AddField("importrun", "discarded", models.PositiveIntegerField(default=0)),
        migrations.AddField("quarantinedrow", "alike", models.TextField(default="")),
        migrations.AddField("quarantinedrow", "cells", models.JSONField(default=list)),
        # Rows that were put aside before are alike where their reasons are the same.
        migrations.RunSQL("UPDATE directory_quarantinedrow SET alike = reason", migrations.RunSQL.noop),
    ]
