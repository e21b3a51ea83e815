"""A therapist's sessions, and one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from nearer.care import api as care
from nearer.directory import api as directory
from nearer.foundation.timerange import TimeRange
from nearer.scheduling import api as scheduling

#: How far back sessions are asked about that nobody said anything of, and how far ahead new clients are shown.
BACK, AHEAD = timedelta(days=14), timedelta(days=28)
#: How far ahead another time is looked for.
MOVE_AHEAD = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a day at the desk begins with. `diary` is None before there are any hours."""

    visits: tuple[care.Visit, ...]
    facts: directory.OwnFacts
    diary: scheduling.DiaryView | None
    zone: str
    today: date
    now: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """One appointment: who comes, and what would follow from what.

    `parts` is by booking which part of a first session of two is for each alone. `alone` is by booking what was said
    alone by those who want this therapist to read it; only its own page asks.
    """

    card: scheduling.AppointmentCard
    visits: tuple[care.Visit, ...]
    consequences: care.Consequences
    zone: str
    now: datetime
    parts: Mapping[int, TimeRange]
    alone: Mapping[int, str] = field(default_factory=dict)


def zone_of(therapist_id: int, now: datetime) -> str:
    """Return the zone in which a therapist reads times: their diary's, or else their own."""
    held = diary_of(therapist_id, now)
    return held.time_zone if held else directory.own_facts(therapist_id, now.date()).profile.time_zone


def diary_of(therapist_id: int, now: datetime) -> scheduling.DiaryView | None:
    """Return a therapist's diary, if they have one yet. One query."""
    try:
        return scheduling.diary(therapist_id, now=now)
    except scheduling.NoDiary:
        return None


def today_in(zone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def desk(therapist_id: int, now: datetime) -> Desk:
    """Return what a therapist's day begins with."""
    facts, held = directory.own_facts(therapist_id, now.date()), diary_of(therapist_id, now)
    zone = held.time_zone if held else facts.profile.time_zone
    window = TimeRange(now - BACK, now + AHEAD)
    return Desk(care.clients_of(therapist_id, window), facts, held, zone, today_in(zone, now), now)


def session(therapist_id: int, appointment_id: int, now: datetime) -> Session:
    """Return one appointment of a therapist.

    :raises AppointmentUnknown: they have no such appointment.
    """
    consequences = care.consequences_of(appointment_id, therapist_id, now)
    card = scheduling.appointment(appointment_id)
    found = care.clients_of(therapist_id, TimeRange(card.session.start, card.session.start + timedelta(minutes=1)))
    visits = tuple(each for each in found if each.appointment.id == appointment_id)
    return Session(card, visits, consequences, zone_of(therapist_id, now), now, care.alone_parts(appointment_id))


def times_to_move(session: Session) -> tuple[TimeRange, ...]:
    """Return the times that a therapist could ask a client to come instead: no limit and no pause holds them."""
    return scheduling.openings_for(
        session.card.therapist_id,
        length=session.card.session.length,
        window=TimeRange(session.now, session.now + MOVE_AHEAD),
        client_zone=session.visits[0].client.time_zone if session.visits else session.zone,
        now=session.now,
        further=True,
    )


def booked_between(therapist_id: int, first: date, last: date, zone: str) -> tuple[scheduling.AppointmentCard, ...]:
    """Return the confirmed sessions that begin on these local days."""
    where = ZoneInfo(zone)
    start = datetime.combine(first, datetime.min.time(), where)
    window = TimeRange(start, datetime.combine(last + timedelta(days=1), datetime.min.time(), where))
    found = scheduling.appointments_of(therapist_id, window)
    return tuple(card for card in found if card.status == "confirmed")
