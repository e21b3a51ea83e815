"""Appointments, their moves, and who attends them."""

from __future__ import annotations

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nearer.foundation.ids import new_id


class Appointment(models.Model):
    """A session that was held, and what became of it. `during` is the session with its buffers."""

    class Status(models.TextChoices):
        HELD = "held", _("held")
        CONFIRMED = "confirmed", _("confirmed")
        COMPLETED = "completed", _("completed")
        NO_SHOW = "no_show", _("missed")
        RELEASED = "released", _("released")
        CANCELLED = "cancelled", _("cancelled")

    class By(models.TextChoices):
        CLIENT = "client", _("the client")
        THERAPIST = "therapist", _("the therapist")
        OPERATOR = "operator", _("the practice")

    id = models.BigIntegerField(primary_key=True, default=new_id)
    # In the database it refers to the therapist's diary, whose row a booking holds anyway: fourth migration.
    therapist = models.ForeignKey("directory.Therapist", models.PROTECT, related_name="+", db_constraint=False)
    service = models.CharField(max_length=12)
    modality = models.CharField(max_length=12)
    location = models.ForeignKey(
        "directory.Location", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    session = DateTimeRangeField()
    during = DateTimeRangeField()
    is_intake = models.BooleanField(default=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.HELD)
    hold_key = models.CharField(max_length=64)
    hold_expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=10, choices=By.choices, blank=True)
    sequence = models.PositiveIntegerField(default=0)

    class Meta:
        # That appointments do not overlap is in the second migration: Django has no word for int8range of a column.
        constraints = [
            models.UniqueConstraint(fields=["hold_key"], name="one_booking_per_key"),
            # What attendance refers to, so that its session and status are the appointment's own.
            models.UniqueConstraint(fields=["id", "session", "status"], name="an_appointment_as_attended"),
            models.CheckConstraint(
                condition=Q(status="held", hold_expires_at__isnull=False)
                | (~Q(status="held") & Q(hold_expires_at__isnull=True)),
                name="a_hold_and_only_a_hold_expires",
            ),
            models.CheckConstraint(
                condition=Q(during__contains=F("session")), name="an_appointment_includes_its_buffers"
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_by__gt="") | (~Q(status="cancelled") & Q(cancelled_by="")),
                name="a_cancellation_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["hold_expires_at"], condition=Q(status="held"), name="holds_by_expiry"),
            models.Index(F("session__startswith"), condition=Q(status="confirmed"), name="appointments_to_come"),
            models.Index(fields=["location"], condition=Q(location__isnull=False), name="appointments_by_location"),
        ]


class Move(models.Model):
    """An appointment went from one session to another, once per key however often it was asked."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="moves")
    key = models.CharField(max_length=64)
    session_before = DateTimeRangeField()
    session_after = DateTimeRangeField()
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="one_move_per_key")]


class Attendance(models.Model):
    """A client attends an appointment. Session and status follow it by a foreign key of all three, with cascade."""

    id = models.BigIntegerField(primary_key=True, default=new_id)
    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="attendances", db_constraint=False)
    client = models.ForeignKey("accounts.Client", models.PROTECT, related_name="+")
    session = DateTimeRangeField()
    status = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "client"], name="a_client_attends_once"),
        ]
