"""The journey: what a client asked for, was told, and booked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nearer.foundation.ids import new_id
from nearer.foundation.sealing import SealedText


class Booking(models.Model):
    """What stands behind one appointment for one client: the request, how it is paid, and what they were told.

    An appointment of two people has two bookings, one each; `place` 1 took the time, 2 was asked to come.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id)
    appointment = models.ForeignKey("scheduling.Appointment", models.PROTECT, related_name="+")
    couple = models.ForeignKey("care.Couple", models.PROTECT, null=True, blank=True, related_name="bookings")
    place = models.PositiveSmallIntegerField(default=1)
    client = models.ForeignKey("accounts.Client", models.PROTECT, null=True, blank=True, related_name="+")
    plan = models.ForeignKey("directory.Plan", models.PROTECT, null=True, blank=True, related_name="+")
    pays_self = models.BooleanField()
    request_sealed = models.TextField()
    member_id_sealed = models.TextField(blank=True)
    told_sealed = models.TextField()
    language = models.CharField(max_length=8)
    time_zone = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    request = SealedText("request_sealed")
    told = SealedText("told_sealed")
    member_id = SealedText("member_id_sealed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "place"], name="one_booking_per_place"),
            models.CheckConstraint(condition=Q(place=1) | Q(place=2, couple__isnull=False), name="two_are_a_couple"),
            models.CheckConstraint(
                condition=Q(pays_self=True, plan__isnull=True) | Q(pays_self=False, plan__isnull=False),
                name="a_booking_is_paid_one_way",
            ),
        ]
