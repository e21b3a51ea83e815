"""An ask in words becomes the engine's request in numbers, and the engine's numbers become words again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import cast
from zoneinfo import ZoneInfo

from nearer.directory.api import PlanCard, vocabulary
from nearer.foundation.timerange import TimeRange
from nearer.matching.engine import answer, request
from nearer.matching.projection import mask
from nearer.matching.records.answer import EverythingNice, Relaxation
from nearer.matching.records.ask import MUST, NICE, Ask

#: How many days ahead an answer looks, and from which day on: local days of the client, today being 0.
LEAD_DAYS = 1
HORIZON_DAYS = 14

#: What a plan pays for that pays for no network: one that nobody is in.
NO_NETWORK = frozenset({0})

_MODALITIES: Mapping[str, int] = MappingProxyType({"telehealth": request.TELEHEALTH, "in_person": request.IN_PERSON})


def utc_day(now: datetime) -> date:
    """Return the day on which facts must stand to be looked at: sources date them by it.

    In the evening of the United States it is the client's tomorrow, which is the first day that can be booked.
    """
    return now.astimezone(UTC).date()


def local_day(ask: Ask, now: datetime) -> date:
    """Return the client's own day, from which the days of an answer are counted."""
    return now.astimezone(ZoneInfo(ask.zone)).date()


def window(ask: Ask, now: datetime) -> TimeRange:
    """Return the time in which an answer's sessions may start: from the client's tomorrow, two weeks."""
    zone, day = ZoneInfo(ask.zone), local_day(ask, now)
    first, last = (datetime.combine(day + timedelta(days=days), time(), zone) for days in (LEAD_DAYS, HORIZON_DAYS + 1))
    return TimeRange(first, last)


def networks_of(plan: PlanCard | None) -> frozenset[int] | None:
    """Return the networks that a plan pays for; None where there is no plan."""
    return None if plan is None else frozenset(network.id for network in plan.networks)


def request_of(ask: Ask, networks: frozenset[int] | None) -> request.Request:
    """Return the ask as the engine takes it.

    :raises ValueError: the ask names a part of the week that there is not.
    :raises KeyError: the ask names a code that its vocabulary lacks.
    """
    places = list(vocabulary.JURISDICTIONS)
    return request.Request(
        jurisdictions=tuple(places.index(code) for code in ask.jurisdictions),
        networks=networks if networks is None else networks or NO_NETWORK,
        ages=mask("age", ask.age_bands),
        zone=ask.zone,
        wishes=tuple(_wishes(ask)),
        times=cast("frozenset[request.Part]", ask.times),
        partner_times=cast("frozenset[request.Part]", ask.partner_times),
        partner_zone=ask.partner_zone,
        apart=tuple((each.start, each.end) for each in ask.apart),
        excluded=ask.excluded,
        avoided=tuple(
            request.Wish(cast("request.Kind", wish.kind), chosen)
            for wish in ask.avoid
            if (chosen := mask(wish.kind, wish.codes))
        ),
        lead_days=LEAD_DAYS,
        horizon_days=HORIZON_DAYS,
        seed=ask.seed,
    )


def _wishes(ask: Ask) -> Iterator[request.Wish]:
    """Yield the wishes, musts first; a code that was wished for twice counts once, as a must if it is one.

    Two musts may share a code, as those of two people do: each is met by itself. The same must twice is one.
    """
    if ask.modality is not None:
        yield request.Wish("modality", _MODALITIES[ask.modality], request.Strength.MUST)
    musts = [wish for wish in ask.wishes if wish.strength == MUST]
    demands = dict.fromkeys((wish.kind, mask(wish.kind, codes)) for wish in musts for codes in wish.demands)
    seen: dict[str, int] = {}
    for kind, chosen in demands:
        seen[kind] = seen.get(kind, 0) | chosen
        yield request.Wish(cast("request.Kind", kind), chosen, request.Strength.MUST)
    for wish in ask.wishes:
        chosen = mask(wish.kind, wish.codes) & ~seen.get(wish.kind, 0)
        if wish.strength == NICE and chosen:
            seen[wish.kind] = seen.get(wish.kind, 0) | chosen
            yield request.Wish(cast("request.Kind", wish.kind), chosen, request.Strength.NICE)


def relaxation_of(step: answer.Relaxation, ask: Ask) -> Relaxation:
    """Return one step of the engine's ladder with codes in place of bits."""
    return Relaxation(*_let_go(step, ask), step.gains, step.people_tomorrow)


def _let_go(step: answer.Relaxation, ask: Ask) -> tuple[str, tuple[str, ...]]:
    if step.what == "times":
        return "times", tuple(sorted(ask.times))
    if step.what == "in_person":
        return "in_person", (ask.jurisdiction,)
    if step.what == "modality":
        return "modality" if len(ask.jurisdictions) == 1 else "video", (str(ask.modality),)
    return step.what, tuple(code for place, code in enumerate(vocabulary.TRAITS[step.what]) if step.mask >> place & 1)


def everything_of(found: answer.EverythingNice | None) -> EverythingNice | None:
    """Return what letting go of everything brings, with a code in place of a bit."""
    if found is None:
        return None
    return EverythingNice(found.therapists, found.people_tomorrow, "in_person" if found.in_person else None)
