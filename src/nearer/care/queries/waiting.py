"""The waiting list: where somebody stands, the line, and which openings fit them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from nearer.care.models import Offer, Wait
from nearer.care.queries.booking import booking
from nearer.care.queries.finding import ask_of
from nearer.care.rules.answers import Answers, from_payload
from nearer.care.rules.waiting import CODES_COUNT, OPEN, SOONER, InLine, in_order
from nearer.directory.api import PlanUnknown
from nearer.foundation.timerange import TimeRange
from nearer.matching import api as matching
from nearer.scheduling import api as scheduling

#: Openings of one match that are tried, one after the other, when others are faster.
TRIED = 3


class WaitUnknown(Exception):
    """There is no such place on the list (any more)."""


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An opening that is held for somebody until `until`."""

    id: int
    session: TimeRange
    therapist_id: int
    until: datetime
    name: str
    modality: str


@dataclass(frozen=True, slots=True)
class WaitCard:
    """One place on the list, and what is offered there now. `email` is theirs to read again, nobody else's."""

    id: int
    kind: str
    email: str
    is_proven: bool
    time_zone: str
    language: str
    expires_at: datetime
    offer: OfferCard | None
    booking_id: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """An opening that fits: by `npi` and `modality` for a first time, for the same therapist where it is sooner."""

    therapist_id: int
    npi: str
    modality: str
    session: TimeRange


def wait(wait_id: int, now: datetime) -> WaitCard:
    """Return one place, and what is offered there at `now`.

    :raises WaitUnknown: it has ended.
    """
    row = Wait.objects.filter(pk=wait_id, expires_at__gt=now).first()
    if row is None:
        raise WaitUnknown(f"no wait {wait_id}")
    offer = row.offers.filter(outcome=OPEN, until__gt=now).first()
    return WaitCard(
        id=row.pk,
        kind=row.kind,
        email=row.email,
        is_proven=row.proven_at is not None,
        time_zone=row.time_zone,
        language=row.language,
        expires_at=row.expires_at,
        offer=None if offer is None else _offer(row, offer, now),
        booking_id=row.booking_id,
    )


def wait_for(booking_id: int, now: datetime) -> int | None:
    """Return the place of a client who would like an earlier time than this one, if they have asked for one."""
    return Wait.objects.filter(booking_id=booking_id, expires_at__gt=now).values_list("pk", flat=True).first()


def line(now: datetime) -> list[InLine]:
    """Return who may be offered something, the longest waiting first. One query."""
    offered = Exists(Offer.objects.filter(wait=OuterRef("pk"), outcome=OPEN))
    waiting = Wait.objects.filter(~offered, proven_at__isnull=False, expires_at__gt=now)
    return in_order(InLine(*each) for each in waiting.values_list("pk", "turn_at"))


def wanted(row: Wait) -> tuple[Answers, str]:
    """Return what somebody looked for, and for which service."""
    kept = json.loads(row.wanted)
    return from_payload(kept["answers"]), kept["service"]


def mark(row: Wait, now: datetime) -> str:
    """Return on what the answer to a place depends: looking again before it changes is no use for half an hour."""
    half_hour = f"{now:%Y%m%d%H}{now.minute // 30}"
    if row.kind == SOONER:
        assert row.booking is not None
        therapist_id = scheduling.appointment(row.booking.appointment_id).therapist_id
        return f"{half_hour}.{scheduling.versions([therapist_id]).get(therapist_id)}"
    answers, service = wanted(row)
    return f"{half_hour}.{matching.mark_of(answers.jurisdiction, service)}"


def fitting(row: Wait, now: datetime, until: datetime) -> Iterator[Found]:
    """Yield openings that fit a place and were not offered there, best first; each is one still at `until`."""
    offered = set(row.offers.values_list("therapist_id", "start"))
    found = _sooner(row, now, until) if row.kind == SOONER else _first(row, now)
    yield from (each for each in found if (each.therapist_id, each.session.start) not in offered)


def _first(row: Wait, now: datetime) -> Iterator[Found]:
    answers, service = wanted(row)
    try:
        answer = matching.answer(ask_of(answers, service), now=now)
    except PlanUnknown:  # it ended while they waited: nothing can be said to fit
        return
    last = None if row.within_days is None else now + timedelta(days=row.within_days)
    for match in (*answer.matches, *answer.others):
        in_time = (opening for opening in match.openings if last is None or opening.start < last)
        for opening in list(in_time)[:TRIED]:
            yield Found(match.profile.id, match.profile.npi, match.modality, opening)


def _sooner(row: Wait, now: datetime, until: datetime) -> Iterator[Found]:
    assert row.booking is not None
    card = scheduling.appointment(row.booking.appointment_id)
    for session in _free_before(card, row.time_zone, now, until):
        yield Found(card.therapist_id, "", card.modality, session)


def _free_before(card: scheduling.AppointmentCard, zone: str, now: datetime, until: datetime) -> Sequence[TimeRange]:
    """Return the therapist's openings before an appointment that are openings now and still are at `until`."""
    window = TimeRange(now, card.session.start)
    each = [
        scheduling.openings_for(
            card.therapist_id, length=card.session.length, window=window, client_zone=zone, now=moment, further=True
        )
        for moment in (now, until)
    ]
    return [session for session in each[0] if session in set(each[1])]


def _offer(row: Wait, offer: Offer, now: datetime) -> OfferCard:
    card = scheduling.appointment(offer.appointment_id)
    about = booking(offer.booking_id or row.booking_id or 0, now)
    return OfferCard(offer.pk, card.session, card.therapist_id, offer.until, about.told.name, card.modality)


def ended_offers(now: datetime) -> list[int]:
    """Return the places whose offer is over without an answer."""
    return list(Wait.objects.filter(offers__outcome=OPEN, offers__until__lte=now).values_list("pk", flat=True))


def ended_waits(now: datetime, unproven_before: datetime) -> list[int]:
    """Return the places that end by themselves: over, never proven, or for sooner than what was cancelled.

    A code that was sent counts for an hour, and its place is there as long.
    """
    counts = Q(proven_at__isnull=True, code_sent_at__gt=now - CODES_COUNT)
    over = Q(expires_at__lte=now) & ~counts | Q(proven_at__isnull=True, created_at__lt=unproven_before)
    moot = Q(kind=SOONER) & ~Q(booking__appointment__status="confirmed")
    return list(Wait.objects.filter(over | moot).values_list("pk", flat=True))
