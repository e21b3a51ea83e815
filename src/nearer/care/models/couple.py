"""Two people and one time: where they stand, and what each said alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nearer.care.rules import couples
from nearer.foundation.ids import new_id
from nearer.foundation.sealing import SealedText


class Couple(models.Model):
    """What two bookings have in common. It knows who was asked last, and nothing that either said.

    `turn` is the place that has to answer; the other agreed by asking. `billed` is the place whose plan is billed:
    0 where they pay themselves. `invitation` is part of the link that still works; empty once it was used.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id)
    status = models.CharField(max_length=10, default=couples.OPEN)
    turn = models.PositiveSmallIntegerField(default=couples.FIRST)
    billed = models.PositiveSmallIntegerField(default=couples.NOBODY)
    invitation = models.CharField(max_length=32, blank=True)
    invitations = models.PositiveSmallIntegerField(default=0)
    waits_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=couples.STATUSES), name="a_couple_stands_somewhere"),
            models.CheckConstraint(
                condition=~Q(status=couples.WAITING) | Q(waits_until__isnull=False), name="waiting_has_an_end"
            ),
            models.CheckConstraint(condition=Q(turn__in=couples.PLACES), name="it_is_one_of_two_turns"),
        ]
        indexes = [
            models.Index(fields=["waits_until"], condition=Q(status=couples.WAITING), name="couples_who_wait"),
        ]


class Aside(models.Model):
    """What one of two people said alone. It is as long whatever was said, and opens with this row alone."""

    id = models.BigIntegerField(primary_key=True, default=new_id)
    booking = models.OneToOneField("care.Booking", models.CASCADE, related_name="aside")
    said_sealed = models.TextField()

    said = SealedText("said_sealed")
