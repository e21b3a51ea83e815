"""What a therapist says themselves where others have to check it, and what they say is not so."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nearer.directory.models.facts import Network, Therapist


class Statement(models.Model):
    """A therapist's word on one licence or contract: that it is so, or is no more. Settled by someone who can check.

    What it speaks of is named as the fact itself is: a licence by place, kind and number; a contract by place,
    network and first day. `was` keeps a fact that the therapist withdrew, so that this can be taken back.
    """

    class Part(models.TextChoices):
        LICENCE = "licence"
        CONTRACT = "contract"

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed"
        REFUSED = "refused"
        TAKEN_BACK = "taken_back"

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="statements")
    part = models.CharField(max_length=10, choices=Part.choices)
    is_so = models.BooleanField()
    jurisdiction = models.CharField(max_length=2)
    kind = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=60, blank=True)
    network = models.ForeignKey(Network, models.CASCADE, null=True, blank=True, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    was = models.JSONField(null=True, blank=True)
    said_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    settled_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["therapist", "part", "jurisdiction", "kind", "number", "network", "starts_on"],
                condition=Q(settled_at__isnull=True),
                nulls_distinct=False,
                name="one_open_statement_a_fact",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="a_settled_statement_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(part="licence", network__isnull=True, number__gt="")
                | Q(part="contract", network__isnull=False, starts_on__isnull=False),
                name="a_statement_names_its_fact",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="what_is_stated_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["said_at"], condition=Q(settled_at__isnull=True), name="statements_waiting")]


class Withdrawal(models.Model):
    """A therapist said on a day that something is not so: no source that checked it by then brings it back.

    `key` is what names the fact within its kind, as JSON.
    """

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="+", db_index=False)
    part = models.CharField(max_length=10)
    key = models.TextField()
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["therapist", "part", "key"], name="a_fact_is_withdrawn_once")]
