"""Looking for someone else, with what was learnt."""

from __future__ import annotations

from django.db import models

from nearer.foundation.ids import new_id
from nearer.foundation.sealing import SealedText


class Rematch(models.Model):
    """It wasn't the right fit. Nobody reads why but the search; the note opens for the next therapist alone."""

    id = models.BigIntegerField(primary_key=True, default=new_id)
    booking = models.ForeignKey("care.Booking", models.CASCADE, related_name="rematches")
    reasons_sealed = models.TextField(blank=True)
    note_sealed = models.TextField(blank=True)
    made_at = models.DateTimeField()
    next_booking = models.OneToOneField(
        "care.Booking", models.SET_NULL, null=True, blank=True, related_name="came_from"
    )

    reasons = SealedText("reasons_sealed")
    note = SealedText("note_sealed")
