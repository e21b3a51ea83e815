"""What a series would be, before anyone agrees to it; and the sessions that belong together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from nearer.care.models import Booking, SeriesSession
from nearer.care.queries.couples.fitting import other_sessions
from nearer.care.records import BookingCard
from nearer.care.rules.holidays import public_holidays
from nearer.care.rules.series import Proposed, proposed, wanted, window
from nearer.directory import api as directory
from nearer.foundation.timerange import TimeRange
from nearer.scheduling import api as scheduling


@dataclass(frozen=True, slots=True)
class Together:
    """A session that belongs with others: which booking, when, and how its appointment stands."""

    booking_id: int
    session: TimeRange
    status: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a series would be: its days, how long each session is, and the fee of each (None: not known, or the plan's).

    `zone` is the therapist's.
    """

    days: tuple[Proposed, ...]
    length: timedelta
    zone: str


def outlook(card: BookingCard, *, every_weeks: int, count: int, now: datetime) -> Outlook:
    """Return the days of a series after a confirmed time, each with what stands in its way."""
    appointment = card.appointment
    today = now.astimezone(ZoneInfo(card.time_zone)).date()
    profile = directory.profiles([appointment.therapist_id], today)[appointment.therapist_id]
    service = profile.service(appointment.service)
    length = timedelta(minutes=service.session_minutes) if service else appointment.session.length
    days = wanted(appointment.session.start, zone=profile.time_zone, every_weeks=every_weeks, count=count)
    free = scheduling.openings_for(
        appointment.therapist_id,
        length=length,
        window=window(days),
        client_zone=card.time_zone,
        now=now,
        further=True,
    )
    dates = [day.on for day in days]
    found = proposed(
        days,
        free,
        holidays=public_holidays(_state(profile, card), dates),
        unsure=_unsure(card, profile, dates),
        apart=_apart(card, profile.time_zone),
        zone=profile.time_zone,
        client_zone=card.time_zone,
        first=appointment.session.start,
    )
    return Outlook(found, length, profile.time_zone)


def together(booking_id: int) -> tuple[Together, ...]:
    """Return the other sessions of every series that a booking began or belongs to, in order. Three queries."""
    own = SeriesSession.objects.filter(booking_id=booking_id).values_list("series__first_id", flat=True).first()
    first_id = own or booking_id
    ids = SeriesSession.objects.filter(series__first_id=first_id).values_list("booking_id", flat=True)
    rows = Booking.objects.filter(pk__in={first_id, *ids} - {booking_id}).values_list("pk", "appointment_id")
    cards = scheduling.appointments({appointment_id for _, appointment_id in rows})
    found = (Together(pk, cards[each].session, cards[each].status) for pk, each in rows)
    return tuple(sorted(found, key=lambda one: (one.session, one.booking_id)))


def _state(profile: directory.Profile, card: BookingCard) -> str:
    """Return where the therapist keeps holidays: at the session's place, their first, or the client's."""
    places = {place.id: place.jurisdiction for place in profile.locations}
    here = places.get(card.appointment.location_id or 0)
    return here or next(iter(places.values()), card.answers.jurisdiction)


def _unsure(card: BookingCard, profile: directory.Profile, dates: Sequence[date]) -> Collection[date]:
    """Return the days on which, by what we know today, this therapist may not see them: a fact ends before."""
    return {day for day in dates if not _stands(card, profile, day)}


def _stands(card: BookingCard, profile: directory.Profile, day: date) -> bool:
    networks: frozenset[int] | None = None
    if card.answers.plan_id is not None:
        try:
            plan = directory.plan(card.answers.plan_id, day)
        except directory.PlanUnknown:
            return False
        networks = frozenset(network.id for network in plan.networks)
    appointment = card.appointment
    answer = directory.can_see(
        profile,
        service=appointment.service,
        modality=appointment.modality,
        jurisdictions=card.answers.jurisdictions(appointment.service),
        age_bands=card.answers.ages(appointment.service),
        networks=networks,
        on=day,
        known=True,
    )
    return isinstance(answer, directory.Grounds)


def _apart(card: BookingCard, zone: str) -> Collection[date]:
    if card.client is None:
        return ()
    others = other_sessions([card.client.id], of_couples=card.appointment.service != "couples")
    return {other.session.start.astimezone(ZoneInfo(zone)).date() for other in others}
