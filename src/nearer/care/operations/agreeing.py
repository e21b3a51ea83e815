"""Keeping what was agreed with a booking, and what followed from an act."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation

from nearer.care.models import Booking, Outcome, Terms
from nearer.care.queries.terms import earlier_lapses, policy_for, policy_in_force, policy_words
from nearer.care.rules.policy import CLIENT, Consequence, what_if_cancelled
from nearer.care.rules.policy_file import as_data
from nearer.scheduling.api import AppointmentCard


def keep_terms(row: Booking, *, now: datetime) -> None:
    """Keep the policy in force with a booking, in the booking's language: what its pages show from now on."""
    policy = policy_in_force()
    with translation.override(row.language):
        text = "\n".join(policy_words(policy))
    Terms.objects.update_or_create(
        booking=row,
        defaults={"version": policy.version, "policy": as_data(policy), "text": text, "kept_at": now},
    )


def same_terms(row: Booking, before: Booking) -> None:
    """Keep with a booking what was agreed for another one: a session that follows comes with the first one's terms."""
    agreed = Terms.objects.filter(booking=before).first()
    if agreed is not None:
        agreed.pk, agreed.booking = row.pk, row
        agreed.save(force_insert=True)


def consequence(row: Booking, card: AppointmentCard, *, by: str, now: datetime) -> Consequence:
    """Return what follows from the terms of a booking if this person cancels it now."""
    earlier = earlier_lapses(row.client_id) if by == CLIENT else 0
    agreed = policy_for(row.pk)
    return what_if_cancelled(agreed, card.session, now, by, booked_at=card.confirmed_at, earlier=earlier)


def settle(row: Booking, found: Consequence, *, now: datetime) -> None:
    """Write down what followed. The first word stands."""
    Outcome.objects.get_or_create(
        booking=row,
        defaults={
            "kind": found.kind,
            "fee_cents": found.fee_cents,
            "full_cents": found.full_cents,
            "waived": found.waived,
            "decided_at": now,
        },
    )
