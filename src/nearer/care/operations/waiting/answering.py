"""What somebody does with an offer, or with their place."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from nearer.audit import api as audit
from nearer.care.models import Offer, Wait
from nearer.care.operations.booking import move
from nearer.care.operations.holding import locked
from nearer.care.operations.waiting.refusals import offer_over
from nearer.care.queries.waiting import WaitUnknown
from nearer.care.rules.waiting import OPEN, PASSED, SOONER, TAKEN, TO_REGISTER
from nearer.scheduling import api as scheduling


@transaction.atomic
def take(*, wait_id: int, site: str, now: datetime) -> int:
    """Take what is offered, and return the booking to go on with. The place is deleted: it is of no more use.

    A first time goes on to be held for at least half an hour. An earlier time moves the appointment at once.

    :raises NotAllowed: the offer is over.
    :raises OpeningTaken, ClientBusy, NotTaking, NotEligible: what moving says; the offer stands as it was.
    :raises WaitUnknown: the place has ended.
    """
    row, offer = _offered(wait_id, now)
    if row.kind == SOONER:
        assert row.booking_id is not None
        locked(row.booking_id)  # before the therapist's turn, as everybody does
        scheduling.release(appointment_id=offer.appointment_id, now=now)
        move(booking_id=row.booking_id, start=offer.start, site=site, now=now)
        booking_id = row.booking_id
    else:
        assert offer.booking_id is not None
        scheduling.keep(appointment_id=offer.appointment_id, until=max(offer.until, now + TO_REGISTER), now=now)
        booking_id = offer.booking_id
    audit.record(actor="visitor", action=TAKEN, subject=f"wait:{wait_id}")
    row.delete()
    return booking_id


@transaction.atomic
def pass_on(*, wait_id: int, now: datetime) -> None:
    """Give an opening to whoever is next. The place in the line stays; this opening is not offered there again.

    :raises NotAllowed: the offer is over.
    :raises WaitUnknown: the place has ended.
    """
    row, offer = _offered(wait_id, now)
    row.missed, row.mark = 0, ""
    end(row, offer, PASSED, now=now)


@transaction.atomic
def leave(*, wait_id: int, now: datetime) -> None:
    """Leave the list: what was held is free, and nothing of it is kept. Leaving twice is leaving.

    Who never proved an address leaves for an hour that a code was sent, by the keyed hash of where: else whoever joins
    and leaves over and over could fill anybody's mailbox.
    """
    row = Wait.objects.select_for_update().filter(pk=wait_id, expires_at__gt=now).first()
    if row is None:
        return
    for offer in row.offers.filter(outcome=OPEN):
        end(row, offer, PASSED, now=now)
    audit.record(actor="visitor", action="left the waiting list", subject=f"wait:{wait_id}")
    if row.proven_at is not None:
        row.delete()
        return
    row.email, row.wanted, row.expires_at = "", "", now
    row.save(update_fields=["email_sealed", "wanted_sealed", "expires_at"])


def end(row: Wait, offer: Offer, outcome: str, *, now: datetime) -> None:
    """Free what was held, and write down what became of the offer."""
    with suppress(scheduling.NotAllowed):  # by now it is more than a hold, or over by itself
        scheduling.release(appointment_id=offer.appointment_id, now=now)
    offer.outcome = outcome
    offer.save(update_fields=["outcome"])
    row.save(update_fields=["missed", "turn_at", "mark"])


def _offered(wait_id: int, now: datetime) -> tuple[Wait, Offer]:
    row = Wait.objects.select_for_update().filter(pk=wait_id).first()
    if row is None:
        raise WaitUnknown(f"no wait {wait_id}")
    offer = row.offers.filter(outcome=OPEN, until__gt=now).first()
    if offer is None:
        raise offer_over()
    return row, offer
