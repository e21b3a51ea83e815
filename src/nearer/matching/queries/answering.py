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
from nearer.matching.queries.asking import relaxation_of, request_of, utc_day
from nearer.matching.queries.checking import Look, checked, free_times, verdict
from nearer.matching.queries.pools import Key, pool_of
from nearer.matching.queries.reasons import is_soon
from nearer.matching.records.answer import Match, Matches, NotMatched, Page
from nearer.matching.records.ask import Ask

#: How many of the best are checked at once: the few that are shown first, and the first page of the rest.
CHECKED = 16
SHOWN = 5

#: What scarce capacity costs, by therapist, in points of score. Nobody's is counted as scarce yet.
NO_PRICES: Mapping[int, float] = MappingProxyType({})


def answer(ask: Ask, *, now: datetime, prices: Mapping[int, float] = NO_PRICES) -> Matches:
    """Return three to five therapists who can see this client, at least one within 48 hours if anyone can.

    Five queries: the plan, what changed in the pool, profiles, and free times (two). Whoever the projection still
    shows but the database no longer supports is left out. The same ask at the same time on the same data gives
    the same answer, whatever the process.

    :raises PlanUnknown: the plan is not in force on the UTC day of `now`.
    """
    look = _look(ask, now)
    found = _ranked(look, prices)
    good = checked(look, [each.therapist_id for each in found.page(0, CHECKED)])
    first, others = _first(good, now)
    return Matches(
        matches=first,
        others=others,
        total=found.total,
        within_48h=any(is_soon(match.openings, now) for match in first),
        relaxations=tuple(relaxation_of(step, ask) for step in found.relaxations),
        seed=ask.seed,
        plan=look.plan,
        as_of=now,
    )


def more(ask: Ask, *, page: int, now: datetime, prices: Mapping[int, float] = NO_PRICES) -> Page:
    """Return one page of everyone else who fits, best first; page 1 begins after those shown first.

    A page may be shorter than others where someone was left out. As many queries as an answer.

    :raises PlanUnknown: the plan is not in force on the UTC day of `now`.
    """
    look = _look(ask, now)
    found = _ranked(look, prices)
    last = max(1, -(-found.total // CHECKED))
    number = min(max(page, 1), last)
    places = found.page((number - 1) * CHECKED, number * CHECKED)
    good = checked(look, [each.therapist_id for each in places])
    others = _first(good, now)[1] if number == 1 else tuple(good)
    return Page(others, number, last, found.total)


def explain(ask: Ask, therapist: int | str, *, now: datetime) -> Match | NotMatched:
    """Return why a therapist, known by id or NPI, is in the answer to this ask, or why not. Four queries.

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


def _first(good: Sequence[Match], now: datetime) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Return the few to show first and the rest, in order; one of the few is soon if anyone is."""
    few, rest = list(good[:SHOWN]), list(good[SHOWN:])
    soon = next((match for match in rest if is_soon(match.openings, now)), None)
    if soon is not None and not any(is_soon(match.openings, now) for match in few):
        rest.remove(soon)
        rest.insert(0, few.pop())
        few.append(soon)
    return tuple(few), tuple(rest)
