from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import nearer.foundation.ids


class Migration(migrations.Migration):
    dependencies = [("care", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Couple",
            fields=[
                (
                    "id",
                    models.BigIntegerField(default=nearer.foundation.ids.new_id, primary_key=True, serialize=False),
                ),
                ("status", models.CharField(default="open", max_length=10)),
                ("turn", models.PositiveSmallIntegerField(default=1)),
                ("billed", models.PositiveSmallIntegerField(default=0)),
                ("invitation", models.CharField(blank=True, max_length=32)),
                ("invitations", models.PositiveSmallIntegerField(default=0)),
                ("waits_until", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("open", "waiting", "ready", "ended"))),
                        name="a_couple_stands_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "waiting"), _negated=True),
                            ("waits_until__isnull", False),
                            _connector="OR",
                        ),
                        name="waiting_has_an_end",
                    ),
                    models.CheckConstraint(condition=models.Q(("turn__in", (1, 2))), name="it_is_one_of_two_turns"),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "waiting")), fields=["waits_until"], name="couples_who_wait"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="booking",
            name="couple",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bookings",
                to="care.couple",
            ),
        ),
        migrations.AddField(model_name="booking", name="place", field=models.PositiveSmallIntegerField(default=1)),
        migrations.AlterField(
            model_name="booking",
            name="appointment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="scheduling.appointment"
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(fields=("appointment", "place"), name="one_booking_per_place"),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(("place", 1), models.Q(("couple__isnull", False), ("place", 2)), _connector="OR"),
                name="two_are_a_couple",
            ),
        ),
        migrations.CreateModel(
            name="Aside",
            fields=[
                (
                    "id",
                    models.BigIntegerField(default=nearer.foundation.ids.new_id, primary_key=True, serialize=False),
                ),
                ("said_sealed", models.TextField()),
                (
                    "booking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="aside", to="care.booking"
                    ),
                ),
            ],
        ),
    ]
