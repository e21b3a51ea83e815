"""What becomes of another time that a therapist asked for."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from nearer.audit import api as audit
from nearer.care.models import Booking, Proposal
from nearer.care.operations.holding import locked
from nearer.scheduling import api as scheduling


@transaction.atomic
def decline(*, booking_id: int, now: datetime) -> None:
    """Keep the agreed time. Twice is once."""
    row = locked(booking_id)
    standing = standing_of(row)
    if standing is not None:
        _let_go(standing, now)
        answer(standing, Proposal.Answer.DECLINED, now)


def withdraw_open(row: Booking, *, now: datetime) -> None:
    """Take back whatever was asked of a booking and not answered; the held time is free again."""
    standing = standing_of(row)
    if standing is not None:
        _let_go(standing, now)
        answer(standing, Proposal.Answer.WITHDRAWN, now)


def standing_of(row: Booking) -> Proposal | None:
    """Return what was asked of a booking and not answered yet, in time or not."""
    return Proposal.objects.filter(booking=row, answer="").first()


def answer(standing: Proposal, said: str, now: datetime) -> None:
    """Write an answer down."""
    Proposal.objects.filter(pk=standing.pk).update(answer=said, answered_at=now)
    audit.record(actor="visitor", action=f"proposal {said}", subject=f"booking:{standing.booking_id}")


def _let_go(standing: Proposal, now: datetime) -> None:
    if scheduling.appointment(standing.hold_id).status == "held":
        scheduling.release(appointment_id=standing.hold_id, now=now)
