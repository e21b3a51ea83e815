"""The secret shopper: asks as visitors do, and tries to take every time that it is shown.

It walks the journey's own way: the same answer, the times of the answer's cards, the same check of facts for each day,
and a real hold, taken back at once. Whatever it writes is undone with its transaction, the audit's lines included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from time import perf_counter
from zoneinfo import ZoneInfo

from django.db import transaction

from nearer.care.operations.holding import location_for
from nearer.care.queries.finding import sections
from nearer.care.queries.market import market
from nearer.care.rules.answers import Answers
from nearer.care.rules.drawing import Market, drawn
from nearer.care.rules.spreading import on_a_card
from nearer.directory import api as directory
from nearer.matching.api import Match
from nearer.scheduling import api as scheduling

#: Ghosts that are named in a report; the rest are counted alone.
NAMED = 20

#: What became of a trip so far: hears how many requests of how many are done.
OnRequest = Callable[["Trip"], None]


class NobodyListed(Exception):
    """There is nobody to be shown to anyone, so nothing can be tried."""


@dataclass(frozen=True, slots=True)
class Ghost:
    """A time that was shown and could not be had, and why: `taken` or `not_eligible`."""

    npi: str
    service: str
    start: datetime
    why: str


@dataclass(slots=True)
class Trip:
    """One trip, in counts: requests asked, those that found anyone, times shown and tried, and those not to be had."""

    seed: int
    wanted: int
    requests: int = 0
    answered: int = 0
    therapists: int = 0
    shown: int = 0
    ghosts: int = 0
    seconds: float = 0.0
    named: list[Ghost] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Return the ghost rate: the share of shown times that could not be had."""
        return self.ghosts / self.shown if self.shown else 0.0


def shop(*, requests: int, seed: int, at: Callable[[], datetime], on_request: OnRequest = lambda _: None) -> Trip:
    """Ask this many random requests and try every time that is shown; leave nothing behind.

    The same seed asks the same of the same network. Call it outside of a transaction: within one, each answer reads
    its pool anew. On a site in use a time may be taken by somebody between showing and trying; it counts as not had.

    :param at: the clock: a trip takes long enough for time to pass.
    :raises NobodyListed: no place has a therapist.
    """
    trip, random, began = Trip(seed, requests), Random(seed), perf_counter()  # noqa: S311 - a draw, not a secret
    there = market(at())
    if not there.places:
        raise NobodyListed("The directory lists nobody yet, so there is nothing to try.")
    for _ in range(requests):
        _ask(trip, random, there, at())
        trip.seconds = perf_counter() - began
        on_request(trip)
    return trip


def _ask(trip: Trip, random: Random, there: Market, now: datetime) -> None:
    answers = drawn(random, there)
    found = [(section.service, match) for section in sections(answers, now) for match in section.matches.matches]
    trip.requests += 1
    trip.answered += bool(found)
    trip.therapists += len(found)
    for service, match in found:
        starts = [opening.start for opening in on_a_card(match.openings, answers.zone)]
        ghosts = list(_ghosts(answers, service, match, starts, now))
        trip.shown += len(starts)
        trip.ghosts += len(ghosts)
        trip.named += ghosts[: NAMED - len(trip.named)]


def _ghosts(answers: Answers, service: str, match: Match, starts: list[datetime], now: datetime) -> Iterator[Ghost]:
    """Yield those of these times that could not be held, in a transaction that is rolled back."""
    with transaction.atomic():
        taken = _not_held(answers, service, match, starts, now)
        days = {start.astimezone(ZoneInfo(answers.zone)).date() for start in starts}
        barred = {day for day in days if not _may_see(answers, service, match, day)}
        transaction.set_rollback(True)
    for start in starts:
        if start in taken:
            yield Ghost(match.profile.npi, service, start, "taken")
        elif start.astimezone(ZoneInfo(answers.zone)).date() in barred:
            yield Ghost(match.profile.npi, service, start, "not_eligible")


def _not_held(answers: Answers, service: str, match: Match, starts: list[datetime], now: datetime) -> set[datetime]:
    try:
        refused = scheduling.try_holds(
            therapist_id=match.profile.id,
            service=service,
            modality=match.modality,
            location_id=location_for(match.profile, match.modality, answers),
            starts=starts,
            length=timedelta(minutes=match.service.intake_minutes),
            client_zone=answers.zone,
            now=now,
        )
    except scheduling.Refused:
        return set(starts)
    return set(refused)


def _may_see(answers: Answers, service: str, match: Match, day: date) -> bool:
    try:
        directory.check_can_see(
            therapist_id=match.profile.id,
            service=service,
            modality=match.modality,
            jurisdictions=answers.jurisdictions(service),
            age_bands=answers.ages(service),
            plan_id=answers.plan_id,
            on=day,
        )
    except directory.NotEligible:
        return False
    return True
