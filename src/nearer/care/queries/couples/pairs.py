"""The two bookings of a couple."""

from __future__ import annotations

import json
from dataclasses import dataclass

from nearer.accounts import api as accounts
from nearer.care.models import Booking, Couple
from nearer.care.queries.booking import BookingUnknown
from nearer.care.rules.answers import Answers, from_payload
from nearer.care.rules.couples import FIRST


@dataclass(frozen=True, slots=True)
class Pair:
    """A couple and its bookings; `second` is None until the other person said who they are."""

    couple: Couple
    first: Booking
    second: Booking | None

    @property
    def bookings(self) -> tuple[Booking, ...]:
        return (self.first,) if self.second is None else (self.first, self.second)

    def at(self, place: int) -> Booking | None:
        return self.first if place == FIRST else self.second

    def others(self, row: Booking) -> Booking | None:
        """Return the booking of the other one."""
        return self.second if row.place == FIRST else self.first


def couple_of(booking_id: int) -> int | None:
    """Return to which couple a booking belongs, if to any.

    :raises BookingUnknown: there is none with this id.
    """
    found = Booking.objects.filter(pk=booking_id).values_list("couple_id", flat=True)
    if not found:
        raise BookingUnknown(f"no booking {booking_id}")
    return found[0]


def pair(couple_id: int) -> Pair:
    """Return a couple as it is now.

    :raises BookingUnknown: it was forgotten.
    """
    return _pair(couple_id, is_locked=False)


def locked_pair(couple_id: int) -> Pair:
    """Return a couple that nobody else changes until the transaction ends: itself first, then its bookings in order.

    :raises BookingUnknown: it was forgotten.
    """
    return _pair(couple_id, is_locked=True)


def _pair(couple_id: int, *, is_locked: bool) -> Pair:
    couples, bookings = Couple.objects.filter(pk=couple_id), Booking.objects.filter(couple_id=couple_id)
    if is_locked:
        couples, bookings = couples.select_for_update(), bookings.select_for_update()
    couple = couples.first()
    rows = {row.place: row for row in bookings.order_by("place")}
    if couple is None or FIRST not in rows:
        raise BookingUnknown(f"no couple {couple_id}")
    return Pair(couple, rows[FIRST], rows.get(FIRST + 1))


def answers_of(row: Booking) -> Answers:
    """Return what one of them answered."""
    return from_payload(json.loads(row.request))


def is_proven(row: Booking | None) -> bool:
    """Say whether someone proved to be behind this booking."""
    return row is not None and row.client_id is not None and accounts.client(row.client_id).is_verified


def everyone_at(row: Booking) -> tuple[Booking, ...]:
    """Return the bookings of everyone who comes to the appointment of this one, this one among them."""
    return tuple(Booking.objects.filter(appointment_id=row.appointment_id).order_by("place"))
