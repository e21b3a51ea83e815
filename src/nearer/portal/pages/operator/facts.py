"""What runs out, and what is held of one therapist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nearer.directory.api import HeldFact, OwnFacts, StatementCard, vocabulary
from nearer.portal.queries.facts import Due, Queue
from nearer.portal.vocabulary import PARTS

WIDE = 100


class Dated(Protocol):
    @property
    def verified_on(self) -> date: ...
    @property
    def expires_on(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One therapist whose facts run out; `wide` of 100 compares what would be hidden with the most."""

    id: int
    name: str
    npi: str
    soonest: date
    what: tuple[str, ...]
    hours: int
    wide: int
    state: str
    can_be_asked: bool


@dataclass(frozen=True, slots=True)
class Word:
    """What a therapist said, to be checked."""

    id: int
    therapist_id: int
    name: str
    said: str
    said_on: date


@dataclass(frozen=True, slots=True)
class Facts:
    days: int
    count: int
    hours: int
    parts: tuple[tuple[Promise, int, int], ...]
    lines: tuple[Line, ...]
    can_ask: bool
    more: int
    waiting: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One fact as a row: what it says, who says so, since when and until when."""

    part: Promise
    says: str
    source: str
    verified_on: date
    expires_on: date
    stands: bool


@dataclass(frozen=True, slots=True)
class Therapist:
    id: int
    name: str
    npi: str
    removed_on: date | None
    rows: tuple[Held, ...]


def facts(found: Queue) -> Facts:
    most = max((due.hours for due in found.due), default=0) or 1
    highest = max((count for _part, count in found.by_part), default=0) or 1
    return Facts(
        days=found.days,
        count=found.count,
        hours=found.hours,
        parts=tuple((PARTS[part], count, round(WIDE * count / highest)) for part, count in found.by_part),
        lines=tuple(_line(due, most) for due in found.due),
        can_ask=any(due.has_desk and not due.was_asked for due in found.due),
        more=found.count - len(found.due),
        waiting=tuple(_word(each) for each in found.waiting),
    )


def therapist(held: OwnFacts, on: date) -> Therapist:
    profile = held.profile
    return Therapist(
        id=profile.id,
        name=profile.name,
        npi=profile.npi,
        removed_on=profile.removed_on,
        rows=tuple(_rows(held, on)),
    )


def _line(due: Due, most: int) -> Line:
    what = tuple(f"{PARTS[ending.part]} ({ending.count})" for ending in due.facts.endings)
    state = _("asked this week") if due.was_asked else "" if due.has_desk else _("has no desk yet")
    return Line(
        id=due.facts.therapist_id,
        name=due.facts.name,
        npi=due.facts.npi,
        soonest=due.facts.soonest,
        what=what,
        hours=due.hours,
        wide=round(WIDE * due.hours / most),
        state=state,
        can_be_asked=due.has_desk and not due.was_asked,
    )


def _word(said: StatementCard) -> Word:
    what = _licence(said.jurisdiction, said.kind, said.number) if said.part == "licence" else _contract(said)
    sentence = _("still has: %(what)s") if said.is_so else _("no longer has: %(what)s")
    return Word(said.id, said.therapist_id, said.name, sentence % {"what": what}, said.said_at.date())


def _rows(held: OwnFacts, on: date) -> Iterator[Held]:
    profile = held.profile
    yield _own("therapist", profile.name, profile, on, source=profile.source)
    yield from _facts("licence", held.licences)
    yield from _facts("contract", held.contracts)
    for service in profile.services:
        yield _own("service", str(vocabulary.SERVICES[service.kind]), service, on)
    for place in profile.locations:
        yield _own("location", f"{place.city}, {place.jurisdiction}", place, on)
    if profile.traits:
        count = len(profile.traits)
        said = ngettext("%(count)d statement", "%(count)d statements", count) % {"count": count}
        yield _own("trait", said, min(profile.traits, key=lambda trait: trait.expires_on), on)


def _own(part: str, says: str, fact: Dated, on: date, *, source: str = "") -> Held:
    stands = fact.verified_on <= on <= fact.expires_on
    return Held(PARTS[part], says, source, fact.verified_on, fact.expires_on, stands)


def _facts(part: str, facts: Sequence[HeldFact]) -> Iterator[Held]:
    for fact in facts:
        says = _licence(fact.jurisdiction, fact.kind, fact.number) if part == "licence" else _contract(fact)
        yield Held(PARTS[part], says, fact.source, fact.verified_on, fact.expires_on, fact.stands)


def _licence(jurisdiction: str, kind: str, number: str) -> str:
    label = vocabulary.LICENCES.get(kind, kind)
    return f"{label} {number}, {jurisdiction}"


def _contract(fact: HeldFact | StatementCard) -> str:
    return f"{fact.network} ({fact.payer}), {fact.jurisdiction}"
