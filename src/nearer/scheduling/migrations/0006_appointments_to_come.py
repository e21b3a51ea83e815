"""Reminders ask which confirmed sessions begin soon."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0005_calendars")]

    operations = [
        migrations.AddIndex(
            "appointment",
            models.Index(
                models.F("session__startswith"),
                condition=models.Q(("status", "confirmed")),
                name="appointments_to_come",
            ),
        ),
    ]
