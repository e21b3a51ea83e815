"""What a booking's page says after its time was taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from nearer.care.pages.series import OtherTime, other_times
from nearer.care.pages.times import day_words, time_words, when_words
from nearer.care.policies import may_have_series, may_look_again
from nearer.care.queries.after import After, Elsewhere
from nearer.care.records import BookingCard
from nearer.care.rules.tokens import seal_answers


@dataclass(frozen=True, slots=True)
class AfterPage:
    """Beside a booking: words, and what may be done. `asked` and `asked_until` are empty where nothing is asked."""

    terms: tuple[str, ...]
    others: tuple[OtherTime, ...]
    asked: str
    asked_until: str
    outcome: str
    by_therapist: bool
    may_repeat: bool
    may_look_again: bool


@dataclass(frozen=True, slots=True)
class Someone:
    """One other therapist, and when they are free first."""

    npi: str
    name: str
    credentials: str
    first: str


@dataclass(frozen=True, slots=True)
class ElsewherePage:
    """Others who have time; `token` is the search that found them."""

    token: str
    people: tuple[Someone, ...]


def after_page(card: BookingCard, found: After, now: datetime) -> AfterPage:
    """Return what stands beside a booking, in words and in the client's zone."""
    zone = card.time_zone
    until = found.asked.until.astimezone(ZoneInfo(zone)) if found.asked else None
    return AfterPage(
        terms=found.terms,
        others=other_times(found.others, zone, now),
        asked=when_words(found.asked.session, zone) if found.asked else "",
        asked_until=f"{day_words(until)}, {time_words(until)}" if until else "",
        outcome=found.outcome.words if found.outcome else "",
        by_therapist=card.appointment.cancelled_by in {"therapist", "operator"},
        may_repeat=may_have_series(card, now=now),
        may_look_again=may_look_again(card),
    )


def elsewhere_page(found: Elsewhere, zone: str, now: datetime) -> ElsewherePage:
    """Return others who have time, with the first of it."""
    people = (
        Someone(
            match.profile.npi,
            match.profile.name,
            match.profile.credentials,
            when_words(match.openings[0], zone),
        )
        for match in found.matches
        if match.openings
    )
    return ElsewherePage(seal_answers(found.answers, now), tuple(people))
