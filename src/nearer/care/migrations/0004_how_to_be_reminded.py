"""What a client wishes of their reminders."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("care", "0003_terms_series_and_rematch")]

    operations = [
        migrations.CreateModel(
            name="ReminderWish",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reminder_wish",
                        serialize=False,
                        to="accounts.client",
                    ),
                ),
                ("plainness", models.CharField(default="when", max_length=10)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("plainness__in", ("when", "with_whom", "openly"))),
                        name="a_reminder_says_so_much",
                    )
                ],
            },
        ),
    ]
