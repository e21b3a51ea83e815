"""Offering what has become free, one place after the other in the order of the line."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from nearer.audit import api as audit
from nearer.care.models import Booking, Offer, Wait
from nearer.care.operations.holding import hold
from nearer.care.operations.waiting import words
from nearer.care.operations.waiting.answering import end
from nearer.care.queries.waiting import Found, ended_offers, ended_waits, fitting, line, mark, wanted
from nearer.care.rules.keys import key_of
from nearer.care.rules.waiting import FIRST, MISSED, MOST_MISSED, OPEN, UNPROVEN, may_be_woken, stands_until
from nearer.directory.api import NotEligible, TherapistUnknown
from nearer.scheduling import api as scheduling

#: One who offers at a time: the order of the line is the order of offers, however many workers there are.
_TURN = "SELECT pg_advisory_xact_lock(hashtextextended('the waiting list', 0))"
#: Openings that are tried for one place in one go, when others are faster or facts stand against them.
TRIES = 5


def offer_all(*, now: datetime) -> int:
    """Offer each place of the line what fits it and is free; return how many offers were made.

    Each place is a transaction of its own. Whoever is asleep, or was looked for since the network last changed, is
    left out.
    """
    return sum(_offer_to(each.id, now) for each in line(now))


def end_what_is_over(*, now: datetime) -> int:
    """End offers that nobody answered, and places whose time is over; return how many.

    Who did not answer goes to the end of the line, and after three in a row off it.
    """
    over = [_missed(wait_id, now) for wait_id in ended_offers(now)]
    gone = [_expired(wait_id, now) for wait_id in ended_waits(now, now - UNPROVEN)]
    return len(over) + len(gone)


@transaction.atomic
def _offer_to(wait_id: int, now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_TURN)
    row = Wait.objects.select_for_update().filter(pk=wait_id).first()
    if row is None or not may_be_woken(now, row.time_zone) or row.offers.filter(outcome=OPEN).exists():
        return False
    seen = mark(row, now)
    if seen == row.mark:
        return False
    row.mark = seen
    row.save(update_fields=["mark"])
    return _first_to_hold(row, now)


def _first_to_hold(row: Wait, now: datetime) -> bool:
    """Hold the best opening that can be held, and tell them."""
    held_for = timedelta(hours=settings.NEARER_OFFER_HOURS)
    tries = 0
    for found in fitting(row, now, now + held_for):
        until = stands_until(found.session.start, now=now, held_for=held_for)
        if until is None:
            continue
        tries += 1
        if tries > TRIES:
            break
        try:
            with transaction.atomic():
                _hold(row, found, until, now)
        except (scheduling.Refused, NotEligible, TherapistUnknown):
            continue
        return True
    return False


def _hold(row: Wait, found: Found, until: datetime, now: datetime) -> None:
    if row.kind == FIRST:
        booking = _booking(row, found, now)
        card = scheduling.keep(appointment_id=booking.appointment_id, until=until, now=now)
    else:
        booking, card = None, _earlier(row, found, until, now)
    offer = Offer.objects.create(
        wait=row,
        therapist_id=found.therapist_id,
        start=found.session.start,
        appointment_id=card.id,
        booking=booking,
        offered_at=now,
        until=until,
    )
    words.offered(row, offer, now=now)
    audit.record(actor="system", action="offered", subject=f"wait:{row.pk}", detail={"appointment": str(card.id)})


def _booking(row: Wait, found: Found, now: datetime) -> Booking:
    answers, service = wanted(row)
    booking_id = hold(
        answers=answers,
        npi=found.npi,
        service=service,
        modality=found.modality,
        start=found.session.start,
        key=key_of("waiting", str(row.pk)),
        language=row.language,
        now=now,
    )
    return Booking.objects.get(pk=booking_id)


def _earlier(row: Wait, found: Found, until: datetime, now: datetime) -> scheduling.AppointmentCard:
    assert row.booking is not None
    card = scheduling.appointment(row.booking.appointment_id)
    return scheduling.arrange(
        therapist_id=card.therapist_id,
        service=card.service,
        modality=card.modality,
        location_id=card.location_id,
        start=found.session.start,
        length=card.session.length,
        client_zone=row.time_zone,
        client_ids=(),
        key=key_of("sooner", str(row.pk), found.session.start.isoformat()),
        now=now,
        until=until,
    )


@transaction.atomic
def _missed(wait_id: int, now: datetime) -> None:
    row = Wait.objects.select_for_update().filter(pk=wait_id).first()
    offer = None if row is None else row.offers.filter(outcome=OPEN, until__lte=now).first()
    if row is None or offer is None:
        return
    row.missed, row.turn_at, row.mark = row.missed + 1, now, ""
    end(row, offer, MISSED, now=now)
    if row.missed >= MOST_MISSED:
        words.ended(row, now=now)
        row.delete()


@transaction.atomic
def _expired(wait_id: int, now: datetime) -> None:
    row = Wait.objects.select_for_update().filter(pk=wait_id).first()
    if row is None:
        return
    for offer in row.offers.filter(outcome=OPEN):
        end(row, offer, MISSED, now=now)
    if row.proven_at is not None and row.kind == FIRST:
        words.ended(row, now=now)
    row.delete()
