"""Reading a booking."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from nearer.accounts import api as accounts
from nearer.care.models import Booking
from nearer.care.queries.terms import terms_text
from nearer.care.records import BookingCard
from nearer.care.rules.answers import from_payload
from nearer.care.rules.keys import key_again
from nearer.care.rules.stages import stage
from nearer.care.rules.told import from_kept
from nearer.foundation.timerange import TimeRange
from nearer.scheduling import api as scheduling

#: How far ahead another time with the same therapist is looked for.
AHEAD = timedelta(days=15)
#: How long a time is held at first.
HELD_FOR = timedelta(minutes=15)


class BookingUnknown(Exception):
    """There is no such booking (any more)."""


def booking(booking_id: int, now: datetime) -> BookingCard:
    """Return one booking with its appointment and client, and where it stands at `now`.

    :raises BookingUnknown: there is none with this id.
    """
    try:
        return card_of(_row(booking_id), now)
    except accounts.ClientUnknown:  # while we read, it was found to be someone's who has a record already
        return card_of(_row(booking_id), now)


def _row(booking_id: int) -> Booking:
    row = Booking.objects.filter(pk=booking_id).first()
    if row is None:
        raise BookingUnknown(f"no booking {booking_id}")
    return row


def taken_already(booking_id: int, start: datetime | None, now: datetime) -> int | None:
    """Return the booking that has this time since a button was pressed before: this one, or the one made after it.

    :raises BookingUnknown: there is none with this id.
    """
    if start is None:
        return None
    card = booking(booking_id, now)
    if card.has_time and card.appointment.session.start == start:
        return card.id
    made = Booking.objects.filter(appointment__hold_key=key_again(card.id, card.appointment.id, start))
    return made.values_list("pk", flat=True).first()


def card_of(row: Booking, now: datetime) -> BookingCard:
    """Return a row, opened."""
    appointment = scheduling.appointment(row.appointment_id)
    client = None if row.client_id is None else accounts.client(row.client_id)
    return BookingCard(
        id=row.pk,
        appointment=appointment,
        client=client,
        stage=stage(
            status=appointment.status,
            hold_expires_at=appointment.hold_expires_at,
            is_registered=client is not None,
            is_verified=client is not None and client.is_verified,
            now=now,
        ),
        answers=from_payload(json.loads(row.request)),
        told=from_kept(row.told),
        language=row.language,
        time_zone=row.time_zone,
        let_go=_let_go(row, appointment),
        terms=terms_text(row.pk),
        couple_id=row.couple_id,
        place=row.place,
    )


def _let_go(row: Booking, appointment: scheduling.AppointmentCard) -> bool:
    """Say whether a hold ended before its time: then it was given back, since nobody frees one sooner."""
    ended_at = appointment.ended_at
    return appointment.status == "released" and ended_at is not None and ended_at < row.created_at + HELD_FOR


def next_openings(card: BookingCard, now: datetime) -> tuple[TimeRange, ...]:
    """Return the times of the next two weeks that the same therapist has for the same session."""
    appointment = card.appointment
    asks = {appointment.therapist_id: appointment.session.length}
    window = TimeRange.lasting(now, AHEAD)
    found = scheduling.openings(asks, window=window, client_zone=card.time_zone, now=now)
    return found.get(appointment.therapist_id, ())


def openings_to_move(card: BookingCard, now: datetime) -> tuple[TimeRange, ...]:
    """Return the times of the next two weeks to which the appointment can be moved."""
    window = TimeRange.lasting(now, AHEAD)
    return scheduling.openings_to_move(card.appointment.id, window=window, client_zone=card.time_zone, now=now)
