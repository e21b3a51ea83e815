"""Calendars: those that therapists connect, and the feed of a therapist's own appointments."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nearer.foundation.ids import new_id
from nearer.foundation.sealing import SealedText
from nearer.scheduling.models.diary import Diary


class Calendar(models.Model):
    """A calendar that a therapist keeps elsewhere. `busy` is what it takes from their time (see rules.busy), no more.

    Whoever knows the address reads the calendar, so it is sealed. `read_as` is the day and the zone for which it was
    read last, and `digest` what of: where all are the same, there is nothing to read again.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id)
    diary = models.ForeignKey(Diary, models.CASCADE, related_name="calendars")
    name_sealed = models.TextField(blank=True)
    address_sealed = models.TextField()
    address_index = models.CharField(max_length=32)
    connected_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=20, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    read_as = models.CharField(max_length=80, blank=True)
    busy = models.BinaryField(default=bytes)
    troubles = models.JSONField(default=list)

    name = SealedText("name_sealed")
    address = SealedText("address_sealed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["diary", "address_index"], name="a_calendar_is_connected_once"),
            models.CheckConstraint(
                condition=Q(failing_since__isnull=True, failure="")
                | (Q(failing_since__isnull=False) & Q(failure__gt="")),
                name="a_calendar_that_fails_says_how",
            ),
        ]
        indexes = [models.Index(fields=["next_at"], name="calendars_by_turn")]


class Feed(models.Model):
    """The address at which a therapist's calendar program reads their appointments; of the secret in it, a keyed hash.

    A new one takes the place of the old.
    """

    diary = models.OneToOneField(Diary, models.CASCADE, primary_key=True, related_name="feed")
    secret_index = models.CharField(max_length=32)
    with_initials = models.BooleanField(default=False)
    language = models.CharField(max_length=8)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["secret_index"], name="one_feed_per_secret")]
