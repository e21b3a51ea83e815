"""Saying no, leaving, calling off, running out: the other one is told the same each time."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from nearer.audit import api as audit
from nearer.care.models import Couple
from nearer.care.operations.couples import messages
from nearer.care.operations.couples.steps import forget_typed, locked, record
from nearer.care.queries.booking import BookingUnknown
from nearer.care.queries.couples.pairs import Pair, locked_pair
from nearer.care.queries.couples.refusals import link_used, not_going_ahead
from nearer.care.rules import couples
from nearer.care.rules.couples import ENDED, READY, WAITING
from nearer.scheduling import api as scheduling


@transaction.atomic
def leave(*, booking_id: int, site: str, now: datetime) -> None:
    """End it for both, without a reason, before it is confirmed: the time is free at once. Twice is once.

    :raises Changed: it is confirmed by now; then it is cancelled, with what that means said before.
    """
    found, row = locked(booking_id)
    if found.couple.status in {ENDED, READY}:
        return
    _end(found, "leave", now)
    record(row, "left")
    other = found.others(row)
    if other is not None:
        messages.ended(other, site=site, now=now)


@transaction.atomic
def decline(*, couple_id: int, part: str, site: str, now: datetime) -> None:
    """Say no by the link alone, without a name or a reason.

    :raises LinkUsed: it was used, or a newer one was sent.
    :raises NotGoingAhead: there is nothing left to say no to.
    """
    try:
        found = locked_pair(couple_id)
    except BookingUnknown:
        raise not_going_ahead() from None
    if found.couple.status == ENDED:
        return
    if found.couple.status != WAITING or found.couple.invitation != part:
        raise link_used()
    _end(found, "leave", now)
    forget_typed(found.second)  # a link works only until somebody proved who they are
    audit.record(actor="visitor", action="declined", subject=f"booking:{found.first.pk}")
    messages.ended(found.first, site=site, now=now)


def end_waiting(*, site: str, now: datetime) -> int:
    """End what has waited long enough, and tell both; return how many. Each in a transaction of its own."""
    late = Couple.objects.filter(status=WAITING, waits_until__lte=now).values_list("pk", flat=True)
    return sum(_run_out(couple_id, site=site, now=now) for couple_id in list(late))


@transaction.atomic
def _run_out(couple_id: int, *, site: str, now: datetime) -> bool:
    found = locked_pair(couple_id)
    until = found.couple.waits_until
    if found.couple.status != WAITING or until is None or until > now:
        return False
    _end(found, "run out", now)
    audit.record(actor="system", action="ran out", subject=f"booking:{found.first.pk}")
    for row in found.bookings:
        messages.ended(row, site=site, now=now)
    return True


def _end(found: Pair, step: str, now: datetime) -> None:
    couple = found.couple
    with suppress(scheduling.NotAllowed):  # nobody holds it any more
        scheduling.release(appointment_id=found.first.appointment_id, now=now)
    couple.status, couple.settled_at = couples.after(step, couple.status) or couple.status, now
    couple.invitation = ""
    couple.save()
