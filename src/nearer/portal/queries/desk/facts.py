"""What is held of a therapist, as it is and as it would be seen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from nearer.care import api as care
from nearer.directory import api as directory
from nearer.directory.api import Profile, TraitCard
from nearer.matching import api as matching
from nearer.portal.queries.desk.sessions import diary_of


def facts_of(therapist_id: int, now: datetime) -> directory.OwnFacts:
    """Return all that is held of one therapist."""
    return directory.own_facts(therapist_id, now.date())


def as_said(profile: Profile, words: directory.OwnWords, traits: Mapping[str, Collection[str]], today: date) -> Profile:
    """Return a profile as it would be if this were kept."""
    kept = tuple(each for each in profile.traits if each.kind not in traits)
    said = tuple(TraitCard(kind, code, today, today) for kind, codes in traits.items() for code in codes)
    return replace(
        profile,
        about=words.about,
        pronouns=words.pronouns,
        credentials=words.credentials,
        couples_training=words.couples_training,
        accepting=words.accepting,
        traits=(*kept, *said),
    )


def standing_of(therapist_id: int, ask: matching.Ask, plan: str, now: datetime) -> matching.Standing:
    """Return how a therapist fares with a request; `plan` is what its plan is called, empty where they pay themselves.

    :raises PlanUnknown: no plan, or several, are called that.
    """
    plan_id = directory.find_plan(plan, ask.jurisdiction, now.date()).id if plan else None
    return matching.standing_of(replace(ask, plan_id=plan_id), therapist_id, now=now)


def preview(profile: Profile, now: datetime) -> care.Preview:
    """Return what a client who pays themselves would see of this profile, with the times there are now."""
    today = now.date()
    standing = directory.standing(profile, today)
    service = next((each.kind for each in standing.services), "individual")
    places = sorted(directory.licensed_in(standing, today)) or ["MA"]
    held = diary_of(profile.id, now)
    zone = held.time_zone if held else profile.time_zone
    ask = matching.Ask(
        jurisdiction=places[0],
        service=service,
        plan_id=None,
        age_bands=next((each.ages[:1] for each in standing.services), ("adult",)),
        zone=zone,
        seed=0,
        wishes=tuple(matching.AskWish("concern", (code,)) for code in sorted(standing.codes("concern"))[:3]),
    )
    match = matching.preview(ask, standing, now=now)
    return care.preview_of(standing, match, service=service, jurisdiction=places[0], zone=zone)


def first_state(profile: Profile) -> str:
    """Return the state that a form about someone in a state begins with."""
    return next((licence.jurisdiction for licence in profile.licences), "MA")
