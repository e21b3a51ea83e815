from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_own_word"),
        ("matching", "0002_changed_in_and_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(db_index=True)),
                ("asked", models.PositiveIntegerField()),
                ("fitted", models.PositiveIntegerField()),
                ("removed", models.JSONField()),
                (
                    "therapist",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.therapist",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("therapist", "on"), name="one_tally_a_day")],
            },
        ),
    ]
