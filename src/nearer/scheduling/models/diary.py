"""When someone works: diaries, weekly hours, dated exceptions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

MINUTES_A_DAY = 24 * 60


class Diary(models.Model):
    """One therapist's working rules. `version` changes with every change to hours, exceptions or appointments.

    It has no index: every booking changes it, and an update that touches no index is far cheaper.
    """

    therapist = models.OneToOneField("directory.Therapist", models.CASCADE, primary_key=True, related_name="+")
    time_zone = models.CharField(max_length=40)
    lead_days = models.PositiveSmallIntegerField(default=1)
    horizon_days = models.PositiveSmallIntegerField(default=28)
    increment_minutes = models.PositiveSmallIntegerField(default=30)
    buffer_before_minutes = models.PositiveSmallIntegerField(default=0)
    buffer_after_minutes = models.PositiveSmallIntegerField(default=10)
    weekly_new_clients = models.PositiveSmallIntegerField(default=5)
    caseload_limit = models.PositiveSmallIntegerField(default=40)
    caseload_elsewhere = models.PositiveSmallIntegerField(default=0)
    paused_until = models.DateField(null=True, blank=True)
    version = models.BigIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(horizon_days__range=(1, 180)), name="a_horizon_is_a_day_to_half_a_year"),
            models.CheckConstraint(
                condition=Q(increment_minutes__in=(5, 10, 15, 20, 30, 60)), name="starts_are_evenly_spaced_in_an_hour"
            ),
        ]


class Hours(models.Model):
    """Weekly working hours: minutes of a local weekday (Monday is 0), up to and including midnight as 1440."""

    diary = models.ForeignKey(Diary, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    start_minute = models.PositiveSmallIntegerField()
    end_minute = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="hours_fall_on_a_weekday"),
            models.CheckConstraint(
                condition=Q(end_minute__gt=F("start_minute"), end_minute__lte=MINUTES_A_DAY),
                name="hours_end_after_they_start_on_the_same_day",
            ),
        ]


class HoursException(models.Model):
    """A dated change: other hours on that local day, or none where both minutes are null."""

    diary = models.ForeignKey(Diary, models.CASCADE, related_name="exceptions")
    on = models.DateField()
    start_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    end_minute = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(start_minute__isnull=True, end_minute__isnull=True)
                | Q(end_minute__gt=F("start_minute"), end_minute__lte=MINUTES_A_DAY),
                name="an_exception_is_a_day_off_or_hours",
            ),
            models.UniqueConstraint(
                fields=["diary", "on", "start_minute"], nulls_distinct=False, name="one_exception_per_start"
            ),
        ]
