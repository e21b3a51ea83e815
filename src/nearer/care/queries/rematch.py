"""What can be said about a fit that wasn't: of this therapist, and of the times that are still to come with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nearer.care.models import Booking
from nearer.care.queries.terms import earlier_lapses, policy_for
from nearer.care.records import BookingCard
from nearer.care.rules.policy import CLIENT, Consequence, what_if_cancelled
from nearer.care.rules.rematch import KINDS
from nearer.directory import api as directory
from nearer.foundation.timerange import TimeRange
from nearer.scheduling import api as scheduling


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A confirmed time that is still to come, and what follows if the client cancels it now."""

    booking_id: int
    session: TimeRange
    consequence: Consequence


def traits_of(card: BookingCard, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return what may not have fitted about this therapist: kinds and codes, in the vocabulary's order."""
    therapist_id = card.appointment.therapist_id
    profile = directory.profiles([therapist_id], now.date()).get(therapist_id)
    if profile is None:
        return ()
    return tuple(
        (kind, code) for kind in KINDS for code in directory.vocabulary.TRAITS[kind] if code in profile.codes(kind)
    )


def upcoming(card: BookingCard, now: datetime) -> tuple[Upcoming, ...]:
    """Return this client's own confirmed times to come with the same therapist, in order."""
    if card.client is None or card.is_couple:
        return ()
    rows = Booking.objects.filter(
        client_id=card.client.id,
        appointment__therapist_id=card.appointment.therapist_id,
        appointment__status="confirmed",
        couple=None,
    ).values_list("pk", "appointment_id")
    cards = scheduling.appointments({appointment_id for _, appointment_id in rows})
    earlier = earlier_lapses(card.client.id)
    found = (_upcoming(pk, cards[each], earlier, now) for pk, each in rows if cards[each].session.start > now)
    return tuple(sorted(found, key=lambda one: one.session))


def _upcoming(booking_id: int, card: scheduling.AppointmentCard, earlier: int, now: datetime) -> Upcoming:
    agreed = policy_for(booking_id)
    found = what_if_cancelled(agreed, card.session, now, CLIENT, booked_at=card.confirmed_at, earlier=earlier)
    return Upcoming(booking_id, card.session, found)
