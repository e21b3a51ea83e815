"""Files that operators sent to be read."""

from __future__ import annotations

from django.db import models


class Upload(models.Model):
    """One file on its way through the worker. It lies in a private folder under `stored_as` until it was read.

    `trouble` is the sentence that says why nothing was taken in. The report is that of `run`.
    """

    source = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=80)
    size = models.BigIntegerField()
    as_of = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True)
    run = models.OneToOneField("directory.ImportRun", models.SET_NULL, null=True, blank=True, related_name="+")
