"""What was agreed about a booking, and what followed from an act."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Terms(models.Model):
    """The policy that stood when a time was taken: as data for the rules, as text for whoever reads it again."""

    booking = models.OneToOneField("care.Booking", models.CASCADE, primary_key=True, related_name="terms")
    version = models.CharField(max_length=40)
    policy = models.JSONField()
    text = models.TextField()
    kept_at = models.DateTimeField()


class Outcome(models.Model):
    """What followed from cancelling or missing a session: `fee_cents` is owed, `full_cents` would have been."""

    booking = models.OneToOneField("care.Booking", models.CASCADE, primary_key=True, related_name="outcome")
    kind = models.CharField(max_length=10)
    fee_cents = models.PositiveIntegerField()
    full_cents = models.PositiveIntegerField()
    waived = models.CharField(max_length=12, blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fee_cents__lte=F("full_cents")), name="nobody_owes_more_than_was_agreed"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["free", "theirs"]) | Q(full_cents=0), name="on_time_costs_nothing"
            ),
        ]


class Proposal(models.Model):
    """Another time that the therapist asks for: held until the client answers, while the agreed one stays theirs."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    booking = models.ForeignKey("care.Booking", models.CASCADE, related_name="proposals")
    hold = models.OneToOneField("scheduling.Appointment", models.PROTECT, related_name="+")
    until = models.DateTimeField()
    made_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking"], condition=Q(answer=""), name="one_proposal_at_a_time"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_its_time",
            ),
        ]
