"""Saying yes to another time that the therapist asked for."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nearer.care.models import Booking, Proposal
from nearer.care.operations.booking import move
from nearer.care.operations.holding import locked
from nearer.care.operations.proposals import answer, standing_of
from nearer.scheduling import api as scheduling


@transaction.atomic
def accept(*, booking_id: int, site: str, now: datetime) -> None:
    """Take the time that the therapist asked for in place of the one agreed. Twice is once.

    :raises HoldExpired: nobody answered in time, or it was withdrawn; the agreed time stays.
    :raises OpeningTaken, ClientBusy, NotAllowed, NotEligible: what moving says; the agreed time stays.
    """
    row = locked(booking_id)
    standing = standing_of(row)
    if standing is None:
        if _has_accepted(row):
            return
        raise _too_late()
    held = scheduling.appointment(standing.hold_id)
    if standing.until <= now or held.status != "held":
        raise _too_late()
    answer(standing, Proposal.Answer.ACCEPTED, now)
    scheduling.release(appointment_id=held.id, now=now)
    move(booking_id=booking_id, start=held.session.start, site=site, now=now)


def _has_accepted(row: Booking) -> bool:
    """Say whether the time that is agreed now is one that was asked for and accepted."""
    session = scheduling.appointment(row.appointment_id).session
    accepted = Proposal.objects.filter(booking=row, answer=Proposal.Answer.ACCEPTED)
    return accepted.filter(hold__session__startswith=session.start).exists()


def _too_late() -> scheduling.HoldExpired:
    return scheduling.HoldExpired(_("This other time is not held any more. Your own time stays as it was."))
