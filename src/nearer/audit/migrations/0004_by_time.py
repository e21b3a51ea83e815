"""Acts are written in order of time, so an index of ranges is enough to find a day, and costs next to nothing."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_record")]

    operations = [migrations.AddIndex("event", BrinIndex(fields=["at"], name="audit_by_time"))]
