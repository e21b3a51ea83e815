"""What was done to which article, by whom, in one chain that only grows."""

from __future__ import annotations

from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast


def _drawn(name: str, length: int) -> models.GeneratedField:
    """Return a column that the database fills from the record itself, so that the two can't differ."""
    told = KeyTextTransform(name, Cast("record", models.JSONField()))
    return models.GeneratedField(expression=told, output_field=models.CharField(max_length=length), db_persist=True)


class LedgerEvent(models.Model):
    """One step. `record` is the JSON that is hashed; `article` and `step` are drawn from it by the database."""

    position = models.BigIntegerField(primary_key=True)
    record = models.TextField()
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    seal = models.CharField(max_length=64)
    article = _drawn("article", 120)
    step = _drawn("step", 20)

    class Meta:
        indexes = [models.Index(fields=["article", "position"], name="ledger_by_article")]
