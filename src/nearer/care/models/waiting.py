"""Who waits for an opening, and what was offered to them. Rows go as soon as they are of no more use to their owner."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nearer.care.rules.waiting import KINDS, OPEN, OUTCOMES, SOONER
from nearer.foundation.ids import new_id
from nearer.foundation.sealing import SealedText


class Wait(models.Model):
    """One place in the line: somebody without a time, or a client who would like an earlier one.

    Whom to write to and what they want are sealed. `mark` says on which state of the network they were last looked
    for; `missed` counts the offers in a row that were not answered.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=8)
    booking = models.ForeignKey("care.Booking", models.CASCADE, null=True, blank=True, related_name="waits")
    email_sealed = models.TextField(blank=True)
    address_index = models.CharField(max_length=32, blank=True)
    wanted_sealed = models.TextField(blank=True)
    within_days = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=8)
    time_zone = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True, blank=True)
    turn_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    missed = models.PositiveSmallIntegerField(default=0)
    mark = models.CharField(max_length=80, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_attempts = models.PositiveSmallIntegerField(default=0)

    email = SealedText("email_sealed")
    wanted = SealedText("wanted_sealed")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="one_waits_for_something"),
            models.CheckConstraint(
                condition=Q(kind=SOONER, booking__isnull=False) | (~Q(kind=SOONER) & Q(booking__isnull=True)),
                name="sooner_than_a_booking",
            ),
            models.UniqueConstraint(fields=["booking"], name="one_wait_per_booking"),
        ]
        indexes = [models.Index(fields=["turn_at", "id"], name="the_line")]


class Offer(models.Model):
    """An opening held for one who waits, and what became of it. It is remembered so that it is offered to them once."""

    id = models.BigIntegerField(primary_key=True, default=new_id)
    wait = models.ForeignKey(Wait, models.CASCADE, related_name="offers")
    therapist = models.ForeignKey("directory.Therapist", models.CASCADE, related_name="+")
    start = models.DateTimeField()
    appointment = models.ForeignKey("scheduling.Appointment", models.PROTECT, related_name="+")
    booking = models.ForeignKey("care.Booking", models.SET_NULL, null=True, blank=True, related_name="+")
    offered_at = models.DateTimeField()
    until = models.DateTimeField()
    outcome = models.CharField(max_length=8, default=OPEN)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="an_offer_stands_or_ended"),
            models.UniqueConstraint(fields=["wait"], condition=Q(outcome=OPEN), name="one_open_offer_each"),
            models.UniqueConstraint(fields=["appointment"], name="an_opening_is_offered_to_one"),
            models.UniqueConstraint(fields=["wait", "therapist", "start"], name="an_opening_is_offered_once"),
        ]
        indexes = [models.Index(fields=["until"], condition=Q(outcome=OPEN), name="offers_by_end")]
