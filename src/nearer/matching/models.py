"""The projection of directory and scheduling that is searched. Never the truth: it can be rebuilt at any time."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Candidate(models.Model):
    """One therapist's one service, as the pool holds it.

    Masks hold one bit per code of the vocabulary they are named after (`directory.vocabulary`).
    `contracts` holds `network id * 64 + jurisdiction bit`. `openings` holds one bit per UTC hour from
    `openings_from` (a midnight), little-endian, in which an intake of this service could start.
    `jurisdictions` only ever grows: it names every pool that may still hold this row, so that a pool
    hears of a row that left it. Rows are unlisted, never deleted, for the same reason.
    `changed_in` is the transaction that last changed the row, set by a trigger.
    """

    therapist = models.ForeignKey("directory.Therapist", models.CASCADE, related_name="+")
    service = models.CharField(max_length=12)
    listed = models.BooleanField(default=False)
    telehealth_in = models.BigIntegerField(default=0)
    in_person_in = models.BigIntegerField(default=0)
    jurisdictions = ArrayField(models.CharField(max_length=2), default=list)
    contracts = ArrayField(models.BigIntegerField(), default=list)
    pays_self = models.BooleanField(default=False)
    ages = models.SmallIntegerField(default=0)
    languages = models.BigIntegerField(default=0)
    concerns = models.BigIntegerField(default=0)
    approaches = models.BigIntegerField(default=0)
    styles = models.BigIntegerField(default=0)
    identities = models.BigIntegerField(default=0)
    openings = models.BinaryField(default=bytes)
    openings_from = models.DateTimeField()
    changed_in = models.BigIntegerField(default=0, db_index=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["therapist", "service"], name="one_candidate_per_service")]
        indexes = [GinIndex(fields=["jurisdictions"], name="candidates_by_jurisdiction")]


class Projection(models.Model):
    """From which versions, and for which half of a UTC day, a therapist's candidates were last made."""

    therapist = models.OneToOneField("directory.Therapist", models.CASCADE, primary_key=True, related_name="+")
    directory_version = models.BigIntegerField()
    diary_version = models.BigIntegerField()
    made_for = models.DateTimeField()


class Tally(models.Model):
    """What made-up requests of one day found of one therapist.

    How many were `asked` where they are licensed, and how many they `fitted`; `removed` has by kind of constraint
    how often it stood in the way, and how often it alone did.
    """

    therapist = models.ForeignKey("directory.Therapist", models.CASCADE, related_name="+", db_index=False)
    on = models.DateField(db_index=True)
    asked = models.PositiveIntegerField()
    fitted = models.PositiveIntegerField()
    removed = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["therapist", "on"], name="one_tally_a_day")]
