"""Who waits for an opening, and what was offered to them."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import nearer.foundation.ids


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0004_how_to_be_reminded"),
        ("directory", "0001_initial"),
        ("scheduling", "0006_appointments_to_come"),
    ]

    operations = [
        migrations.CreateModel(
            name="Wait",
            fields=[
                ("id", models.BigIntegerField(default=nearer.foundation.ids.new_id, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=8)),
                ("email_sealed", models.TextField(blank=True)),
                ("address_index", models.CharField(blank=True, max_length=32)),
                ("wanted_sealed", models.TextField(blank=True)),
                ("within_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("language", models.CharField(max_length=8)),
                ("time_zone", models.CharField(max_length=40)),
                ("created_at", models.DateTimeField()),
                ("proven_at", models.DateTimeField(blank=True, null=True)),
                ("turn_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("missed", models.PositiveSmallIntegerField(default=0)),
                ("mark", models.CharField(blank=True, max_length=80)),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                ("code_sent_at", models.DateTimeField(blank=True, null=True)),
                ("code_attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "booking",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waits",
                        to="care.booking",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigIntegerField(default=nearer.foundation.ids.new_id, primary_key=True, serialize=False)),
                ("start", models.DateTimeField()),
                ("offered_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("outcome", models.CharField(default="open", max_length=8)),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="scheduling.appointment"
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="care.booking",
                    ),
                ),
                (
                    "therapist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.therapist"
                    ),
                ),
                (
                    "wait",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="care.wait"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="wait",
            index=models.Index(fields=["turn_at", "id"], name="the_line"),
        ),
        migrations.AddConstraint(
            model_name="wait",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("first", "sooner"))), name="one_waits_for_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="wait",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("booking__isnull", False), ("kind", "sooner")),
                    models.Q(models.Q(("kind", "sooner"), _negated=True), ("booking__isnull", True)),
                    _connector="OR",
                ),
                name="sooner_than_a_booking",
            ),
        ),
        migrations.AddConstraint(
            model_name="wait",
            constraint=models.UniqueConstraint(fields=("booking",), name="one_wait_per_booking"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(condition=models.Q(("outcome", "open")), fields=["until"], name="offers_by_end"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ("open", "taken", "passed", "missed"))),
                name="an_offer_stands_or_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "open")), fields=("wait",), name="one_open_offer_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(fields=("appointment",), name="an_opening_is_offered_to_one"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                fields=("wait", "therapist", "start"), name="an_opening_is_offered_once"
            ),
        ),
    ]
