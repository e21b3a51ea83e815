"""What secret shoppers found."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ShoppingTrip(models.Model):
    """One trip, in counts alone. `wanted` requests were to be asked; `finished_at` is empty while they are."""

    seed = models.BigIntegerField()
    wanted = models.PositiveIntegerField()
    requests = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    therapists = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)
    ghosts = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ghosts__lte=F("shown")), name="a_ghost_was_shown"),
            models.CheckConstraint(condition=Q(requests__lte=F("wanted")), name="no_more_was_asked_than_was_wanted"),
        ]
