"""Why someone is shown, and what they lack: from the facts that stand, each with the day it was checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from nearer.directory.api import Grounds, Profile
from nearer.foundation.timerange import TimeRange
from nearer.matching.records.answer import Reason, Unmet
from nearer.matching.records.ask import MUST, Ask, AskWish

#: A first time within this long of asking is worth saying, and one such match is shown if there is any.
SOON = timedelta(hours=48)

#: The order in which reasons are told.
TOLD = ("concern", "approach", "style", "language", "identity")


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a therapist may see these clients, by which facts, and when."""

    modality: str
    grounds: Grounds
    times: tuple[TimeRange, ...]


def reasons_for(ask: Ask, profile: Profile, way: Way, now: datetime) -> tuple[Reason, ...]:
    """Return what speaks for someone: the wishes met, the times, then the facts that make it possible."""
    return (*_wishes_met(ask, profile), *_times(ask, way.times, now), *_facts(ask, profile, way))


def unmet_by(ask: Ask, profile: Profile) -> tuple[Unmet, ...]:
    """Return the codes that were wished for and that someone lacks, by kind."""
    lacks = ((kind, [code for code in _wished(ask, kind) if code not in profile.codes(kind)]) for kind in TOLD)
    return tuple(Unmet(kind, tuple(codes)) for kind, codes in lacks if codes)


def missing_must(ask: Ask, profile: Profile) -> AskWish | None:
    """Return the first must that someone does not meet, with the codes of which they lack each."""
    musts = (wish for wish in ask.wishes if wish.strength == MUST)
    demands = (replace(wish, codes=codes) for wish in musts for codes in wish.demands)
    return next((wish for wish in demands if profile.codes(wish.kind).isdisjoint(wish.codes)), None)


def is_left_out(ask: Ask, profile: Profile) -> bool:
    """Say whether a search leaves someone out: them, or whoever has what they have."""
    avoided = (not profile.codes(wish.kind).isdisjoint(wish.codes) for wish in ask.avoid)
    return profile.id in ask.excluded or any(avoided)


def is_soon(times: tuple[TimeRange, ...], now: datetime) -> bool:
    return bool(times) and times[0].start < now + SOON


def _wished(ask: Ask, kind: str) -> list[str]:
    codes = (code for wish in ask.wishes if wish.kind == kind for code in wish.codes)
    return list(dict.fromkeys(codes))


def _wishes_met(ask: Ask, profile: Profile) -> Iterator[Reason]:
    for kind in TOLD:
        wished = _wished(ask, kind)
        facts = {trait.code: trait.verified_on for trait in profile.traits if trait.kind == kind}
        met = tuple(code for code in wished if code in facts)
        if met:
            yield Reason(kind, met, min(facts[code] for code in met))


def _times(ask: Ask, times: tuple[TimeRange, ...], now: datetime) -> Iterator[Reason]:
    if ask.times:
        yield Reason("times", tuple(sorted(ask.times)))
    if is_soon(times, now):
        yield Reason("soon")


def _facts(ask: Ask, profile: Profile, way: Way) -> Iterator[Reason]:
    grounds = way.grounds
    if ask.service == "couples":
        yield Reason("training", (), profile.verified_on, profile.couples_training)
    if ask.modality is not None:
        yield Reason("modality", (way.modality,), grounds.service.verified_on)
    if grounds.contract is None:
        yield Reason("pays_self", (), grounds.service.verified_on)
    else:
        yield Reason("network", (), grounds.contract.verified_on, grounds.contract.network)
    places = tuple(dict.fromkeys(licence.jurisdiction for licence in grounds.licences))
    yield Reason("licence", places, _oldest(licence.verified_on for licence in grounds.licences))


def _oldest(days: Iterable[date]) -> date | None:
    return min(days, default=None)
