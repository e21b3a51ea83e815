"""Who did what, append-only: the database refuses to change or delete a row."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now


class Event(models.Model):
    """One act: who (`client:7`, `therapist:7`, `visitor`, `system`), what, on what; never a word of content."""

    at = models.DateTimeField(db_default=Now())
    actor = models.CharField(max_length=60)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="audit_by_subject"),
            BrinIndex(fields=["at"], name="audit_by_time"),
        ]
