"""What imports did, and what they put aside."""

from __future__ import annotations

from django.db import models


class ImportRun(models.Model):
    """One reading of one source, and its report."""

    source = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    read = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    discarded = models.PositiveIntegerField(default=0)


class QuarantinedRow(models.Model):
    """A row that was not taken in: what it said, where it stood, and why.

    `cells` are pairs of column and cell, where it can be mended; `alike` is the reason without what differs by row.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="quarantine")
    line = models.PositiveBigIntegerField()
    reason = models.TextField()
    content = models.TextField()
    alike = models.TextField(default="")
    cells = models.JSONField(default=list)
