"""What holds after a time is confirmed: the terms that were agreed, sessions that follow, looking again."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import nearer.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0002_two_people"),
        ("scheduling", "0004_an_appointment_is_in_a_diary"),
    ]

    operations = [
        migrations.CreateModel(
            name="Terms",
            fields=[
                (
                    "booking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="terms",
                        serialize=False,
                        to="care.booking",
                    ),
                ),
                ("version", models.CharField(max_length=40)),
                ("policy", models.JSONField()),
                ("text", models.TextField()),
                ("kept_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "booking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="outcome",
                        serialize=False,
                        to="care.booking",
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("fee_cents", models.PositiveIntegerField()),
                ("full_cents", models.PositiveIntegerField()),
                ("waived", models.CharField(blank=True, max_length=12)),
                ("decided_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fee_cents__lte", models.F("full_cents"))),
                        name="nobody_owes_more_than_was_agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["free", "theirs"]), _negated=True),
                            ("full_cents", 0),
                            _connector="OR",
                        ),
                        name="on_time_costs_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rematch",
            fields=[
                ("id", models.BigIntegerField(default=nearer.foundation.ids.new_id, primary_key=True, serialize=False)),
                ("reasons_sealed", models.TextField(blank=True)),
                ("note_sealed", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rematches", to="care.booking"
                    ),
                ),
                (
                    "next_booking",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="came_from",
                        to="care.booking",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigIntegerField(default=nearer.foundation.ids.new_id, primary_key=True, serialize=False)),
                ("every_weeks", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=48)),
                ("made_at", models.DateTimeField()),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="series", to="care.booking"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SeriesSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "booking",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="in_series", to="care.booking"
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="care.series"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "Accepted"), ("declined", "Declined"), ("withdrawn", "Withdrawn")],
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="care.booking"
                    ),
                ),
                (
                    "hold",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="scheduling.appointment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answer", "")), fields=("booking",), name="one_proposal_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_answer_has_its_time",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.UniqueConstraint(fields=("key",), name="one_series_per_key"),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("every_weeks__in", (1, 2))), name="a_series_is_weekly_or_fortnightly"
            ),
        ),
    ]
