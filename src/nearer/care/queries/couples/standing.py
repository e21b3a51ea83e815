"""Where a couple stands, as one of the two is shown it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from nearer.care.models import Aside, Booking
from nearer.care.queries.booking import BookingUnknown
from nearer.care.queries.couples.fitting import fits, shared_answer
from nearer.care.queries.couples.pairs import Pair, couple_of, pair
from nearer.care.queries.couples.refusals import link_used, not_going_ahead
from nearer.care.queries.terms import policy_for, policy_in_force
from nearer.care.records import BookingCard
from nearer.care.rules import couples
from nearer.care.rules.told import Told, from_kept
from nearer.care.rules.zones import FALLBACK
from nearer.directory.api import profiles
from nearer.foundation.timerange import TimeRange
from nearer.matching.api import Matches
from nearer.scheduling import api as scheduling


@dataclass(frozen=True, slots=True)
class Standing:
    """What one of two is shown next. `is_proposal`: the time is the other's wish.

    Nothing here depends on what anybody answered, nor on how far the other one is before they say something.
    """

    screen: str
    alone: timedelta
    is_proposal: bool = False
    may_ask_again: bool = False
    may_propose: bool = False
    waits_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """What whoever was asked may know before they say who they are: the therapist, when, and how it is billed."""

    couple_id: int
    told: Told
    session: TimeRange
    modality: str
    zone: str
    is_billed: bool
    somebody_is_billed: bool
    alone: timedelta
    waits_until: datetime


def standing(card: BookingCard, now: datetime) -> Standing:
    """Return where a booking of two people stands for the one whose card this is."""
    alone = timedelta(minutes=policy_for(card.id).couples.alone_minutes)
    if card.couple_id is None:
        return Standing("alone", alone)
    found = pair(card.couple_id)
    couple = found.couple
    spoken = Aside.objects.filter(booking_id=card.id).exists()
    is_over = over(found, card.appointment, now)
    return Standing(
        screen=couples.screen(couple.status, is_turn=card.place == couple.turn, has_spoken=spoken, is_over=is_over),
        alone=alone,
        is_proposal=couple.status == couples.WAITING and couple.turn == couples.FIRST,
        may_ask_again=card.place == couples.FIRST and couple.turn == couples.SECOND,
        may_propose=couples.may_propose(card.place, couple.turn),
        waits_until=couple.waits_until,
    )


def over(found: Pair, appointment: scheduling.AppointmentCard, now: datetime) -> bool:
    """Say whether the time that was waited for is gone: its end came, or nobody holds it."""
    until = found.couple.waits_until
    is_held = appointment.status == "held" and appointment.hold_expires_at is not None
    return found.couple.status == couples.WAITING and (until is None or now >= until or not is_held)


def suits_both(booking_id: int, now: datetime) -> bool:
    """Say whether the therapist who is held fits everything that both need."""
    couple_id = couple_of(booking_id)
    return couple_id is not None and fits(pair(couple_id), now)


def who_fits_both(booking_id: int, now: datetime) -> Matches | None:
    """Return who fits both at times that suit both; None where that can't be asked any more."""
    couple_id = couple_of(booking_id)
    return None if couple_id is None else shared_answer(pair(couple_id), now)


def invitation(couple_id: int, part: str, now: datetime) -> Invitation:
    """Return what a link opens.

    :raises LinkUsed: it was used, or a newer one was sent.
    :raises NotGoingAhead: the time is gone, or the couple is.
    """
    try:
        found = pair(couple_id)
    except BookingUnknown:
        raise not_going_ahead() from None
    appointment = scheduling.appointment(found.first.appointment_id)
    if found.couple.status == couples.ENDED or over(found, appointment, now):
        raise not_going_ahead()
    if found.couple.status != couples.WAITING or found.couple.invitation != part:
        raise link_used()
    assert found.couple.waits_until is not None
    return Invitation(
        couple_id=couple_id,
        told=from_kept(found.first.told).for_one((), is_billed=False),
        session=appointment.session,
        modality=appointment.modality,
        zone=_therapists_zone(appointment, now),
        is_billed=found.couple.billed == couples.SECOND,
        somebody_is_billed=found.couple.billed != couples.NOBODY,
        alone=timedelta(minutes=policy_in_force().couples.alone_minutes),
        waits_until=found.couple.waits_until,
    )


def _therapists_zone(card: scheduling.AppointmentCard, now: datetime) -> str:
    """Return the zone to show a time in before anyone said where they are: the asker's own would tell where that is."""
    found = profiles([card.therapist_id], now.astimezone(UTC).date()).get(card.therapist_id)
    return FALLBACK if found is None else found.time_zone


def alone_parts(appointment_id: int) -> Mapping[int, TimeRange]:
    """Return by booking which part of a first session of two is for each alone; of other sessions there is none."""
    card = scheduling.appointment(appointment_id)
    if card.service != "couples" or not card.is_intake:
        return {}
    rows = list(Booking.objects.filter(appointment_id=appointment_id, couple__isnull=False).order_by("place"))
    length = timedelta(minutes=policy_for(rows[0].pk).couples.alone_minutes) if rows else timedelta()
    return {row.pk: couples.alone(card.session, row.place, length) for row in rows}
