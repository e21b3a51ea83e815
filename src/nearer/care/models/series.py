"""Sessions that follow a first one at the same time of the week."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nearer.foundation.ids import new_id


class Series(models.Model):
    """A client took these together. Each is a booking of its own, and lives on its own."""

    id = models.BigIntegerField(primary_key=True, default=new_id)
    first = models.ForeignKey("care.Booking", models.CASCADE, related_name="series")
    every_weeks = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=48)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="one_series_per_key"),
            models.CheckConstraint(condition=Q(every_weeks__in=(1, 2)), name="a_series_is_weekly_or_fortnightly"),
        ]


class SeriesSession(models.Model):
    """One session of a series."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="sessions")
    booking = models.OneToOneField("care.Booking", models.CASCADE, related_name="in_series")
