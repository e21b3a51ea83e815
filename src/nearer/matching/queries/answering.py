"""The answer to an ask: ranked in memory, then checked against the database in a constant number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.utils.translation import gettext as _

from nearer.directory.api import TherapistUnknown, plan, profile_of, profiles
from nearer.matching.engine.answer import Answer
from nearer.matching.engine.prices import Prices
from nearer.matching.engine.rank import rank
from nearer.matching.queries.asking import everything_of, relaxation_of, request_of, utc_day
from nearer.matching.queries.checking import Look, checked, free_times, verdict
from nearer.matching.queries.pools import Key, pool_of
from nearer.matching.queries.reasons import is_soon
from nearer.matching.records.answer import Match, Matches, NotMatched, Page
from nearer.matching.records.ask import Ask

#: How many are shown first, and how many of the best are checked for that: first a few, which nearly always do.
SHOWN = 5
CHECKED_FIRST = 8
CHECKED = 32

#: What scarce capacity costs, by therapist, in points of score. Nobody's is counted as scarce yet.
NO_PRICES: Mapping[int, float] = MappingProxyType({})


def answer(ask: Ask, *, now: datetime, prices: Mapping[int, float] = NO_PRICES) -> Matches:
    """Return three to five therapists who can see this client, at least one within 48 hours if anyone can.

    Four queries: the plan, what changed in the pool, profiles, and free times; six where the projection was so far
    behind that more had to be checked. Whoever it still shows but the database no longer supports is left out.
    The same ask at the same time on the same data gives the same answer, whatever the process.

    :raises PlanUnknown: the plan is not in force on the UTC day of `now`.
    """
    look = _look(ask, now)
    found = _ranked(look, prices)
    good = checked(look, _places(found, 0, CHECKED_FIRST))
    if not _enough(good, found, now):
        good += checked(look, _places(found, CHECKED_FIRST, CHECKED))
    first, others = _first(good, now)
    return Matches(
        matches=first,
        others=others,
        total=found.total,
        within_48h=any(is_soon(match.openings, now) for match in first),
        relaxations=tuple(relaxation_of(step, ask) for step in found.relaxations),
        everything_nice=everything_of(found.everything_nice),
        seed=ask.seed,
        plan=look.plan,
        as_of=now,
    )


def more(ask: Ask, *, page: int, now: datetime, prices: Mapping[int, float] = NO_PRICES) -> Page:
    """Return one page of everyone else who fits, best first; those whom the answer shows first are not repeated.

    A page may be shorter than others where someone was left out. Four queries.

    :raises PlanUnknown: the plan is not in force on the UTC day of `now`.
    """
    look = _look(ask, now)
    found = _ranked(look, prices)
    last = max(1, -(-found.total // CHECKED))
    number = min(max(page, 1), last)
    good = checked(look, _places(found, (number - 1) * CHECKED, number * CHECKED))
    if number == 1:
        tried_first = set(_places(found, 0, CHECKED_FIRST))
        few = [match for match in good if match.profile.id in tried_first]
        shown, _ = _first(few if _enough(few, found, now) else good, now)
        good = [match for match in good if match not in shown]
    return Page(tuple(good), number, last, found.total)


def explain(ask: Ask, therapist: int | str, *, now: datetime) -> Match | NotMatched:
    """Return why a therapist, known by id or NPI, is in the answer to this ask, or why not. Three queries.

    :raises TherapistUnknown: no such therapist is listed.
    :raises PlanUnknown: the plan is not in force on the UTC day of `now`.
    """
    look = _look(ask, now)
    if isinstance(therapist, int):
        profile = profiles([therapist], look.today).get(therapist)
    else:
        profile = profile_of(therapist, look.today)
    if profile is None:
        raise TherapistUnknown(_("No such therapist is listed."))
    return verdict(look, profile, free_times(look, {profile.id: profile}).get(profile.id, ()))


def _look(ask: Ask, now: datetime) -> Look:
    return Look(ask, None if ask.plan_id is None else plan(ask.plan_id, utc_day(now)), now)


def _ranked(look: Look, prices: Mapping[int, float]) -> Answer:
    pool = pool_of(Key(look.ask.jurisdiction, look.ask.service), now=look.now)
    return rank(request_of(look.ask, look.networks), pool, Prices.of(prices), look.now)


def _places(found: Answer, start: int, stop: int) -> list[int]:
    """Return who is in these places of the ranking."""
    return [each.therapist_id for each in found.page(start, stop)] if start < found.total else []


def _enough(good: Sequence[Match], found: Answer, now: datetime) -> bool:
    """Say whether these are all that an answer needs: one more than it shows, and one of them soon if anyone is."""
    has_soon = any(is_soon(match.openings, now) for match in good)
    return len(good) >= min(SHOWN + 1, found.total) and (has_soon or not found.within_48h)


def _first(good: Sequence[Match], now: datetime) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Return the few to show first and the rest, in order; one of the few is soon if anyone is."""
    few, rest = list(good[:SHOWN]), list(good[SHOWN:])
    soon = next((match for match in rest if is_soon(match.openings, now)), None)
    if soon is not None and not any(is_soon(match.openings, now) for match in few):
        rest.remove(soon)
        rest.insert(0, few.pop())
        few.append(soon)
    return tuple(few), tuple(rest)
