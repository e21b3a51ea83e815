"""The journey: what a client asked for, was told, and booked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nearer.foundation.ids import new_id
from nearer.foundation.sealing import SealedText


class Booking(models.Model):
    """What stands behind one appointment: the request, how it is paid, and what the client was told."""

    id = models.BigIntegerField(primary_key=True, default=new_id)
    appointment = models.OneToOneField("scheduling.Appointment", models.PROTECT, related_name="+")
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
            models.CheckConstraint(
                condition=Q(pays_self=True, plan__isnull=True) | Q(pays_self=False, plan__isnull=False),
                name="a_booking_is_paid_one_way",
            ),
        ]
