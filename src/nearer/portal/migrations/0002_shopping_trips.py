from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_seats")]

    operations = [
        migrations.CreateModel(
            name="ShoppingTrip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.BigIntegerField()),
                ("wanted", models.PositiveIntegerField()),
                ("requests", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
                ("therapists", models.PositiveIntegerField(default=0)),
                ("shown", models.PositiveIntegerField(default=0)),
                ("ghosts", models.PositiveIntegerField(default=0)),
                ("began_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ghosts__lte", models.F("shown"))), name="a_ghost_was_shown"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("requests__lte", models.F("wanted"))),
                        name="no_more_was_asked_than_was_wanted",
                    ),
                ],
            },
        ),
    ]
