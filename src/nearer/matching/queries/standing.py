"""Why am I not shown: for one ask, everything that stands against one therapist. A constant number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from nearer.directory.api import PlanUnknown, Profile, TherapistUnknown, hindrances, plan, profiles
from nearer.matching.queries.answering import answer
from nearer.matching.queries.asking import LEAD_DAYS, utc_day
from nearer.matching.queries.checking import Look, Times, free_times, verdict
from nearer.matching.records.answer import Match
from nearer.matching.records.ask import MUST, Ask
from nearer.matching.records.standing import BEHIND, FIRST, Obstacle, Standing


def standing_of(ask: Ask, therapist_id: int, *, now: datetime) -> Standing:
    """Return how a therapist fares with an ask: all that keeps them out, or where in the answer they are.

    Three queries, and those of an answer where nothing keeps them out.

    :raises TherapistUnknown: there is no such therapist.
    :raises PlanUnknown: the plan is not in force on the UTC day of `now`.
    """
    look = Look(ask, None if ask.plan_id is None else plan(ask.plan_id, utc_day(now)), now)
    profile = profiles([therapist_id], look.today).get(therapist_id)
    if profile is None:
        raise TherapistUnknown(_("No such therapist is listed."))
    free = free_times(look, {profile.id: profile}).get(profile.id, ())
    obstacles = tuple(dict.fromkeys(_obstacles(look, profile, free)))
    if obstacles:
        return Standing(obstacles, "", len(free), 0)
    found = answer(ask, now=now)
    first = any(match.profile.id == therapist_id for match in found.matches)
    return Standing((), FIRST if first else BEHIND, len(free), found.total)


def preview(ask: Ask, profile: Profile, *, now: datetime) -> Match | None:
    """Return how a client with this ask would see a profile that is not saved yet; None where they would not.

    Times are those of the diary as it is. One query.

    :raises PlanUnknown: the ask names a plan; a preview is for someone who pays themselves.
    """
    if ask.plan_id is not None:
        raise PlanUnknown(_("A preview is for someone who pays themselves."))
    look = Look(ask, None, now)
    found = verdict(look, profile, free_times(look, {profile.id: profile}).get(profile.id, ()))
    return found if isinstance(found, Match) else None


def _obstacles(look: Look, profile: Profile, free: Times) -> Iterator[Obstacle]:
    yield from _facts(look, profile)
    yield from _musts(look.ask, profile)
    if profile.service(look.ask.service) is None:
        return  # without the service there is no length to look for times of
    if not free:
        yield Obstacle("openings")
    elif all(look.day(opening) > look.last_day for opening in free):
        yield Obstacle("times", tuple(sorted(look.ask.times)))


def _facts(look: Look, profile: Profile) -> Iterator[Obstacle]:
    """Yield what forbids it in the way of meeting that comes nearest; nothing where some way will do."""
    ways = [_hindered(look, profile, modality) for modality in look.modalities]
    yield from min(ways, key=len)


def _hindered(look: Look, profile: Profile, modality: str) -> Sequence[Obstacle]:
    found = hindrances(
        profile,
        service=look.ask.service,
        modality=modality,
        jurisdictions=look.ask.jurisdictions,
        age_bands=look.ask.age_bands,
        networks=look.networks,
        on=look.date_of(LEAD_DAYS),
    )
    return [Obstacle(each.kind, (each.about,) if each.about else ()) for each in found]


def _musts(ask: Ask, profile: Profile) -> Iterator[Obstacle]:
    for wish in (each for each in ask.wishes if each.strength == MUST):
        for codes in wish.demands:
            if profile.codes(wish.kind).isdisjoint(codes):
                yield Obstacle(wish.kind, replace(wish, codes=codes).codes)
