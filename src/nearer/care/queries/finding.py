"""A search: the visitor's answers become asks of matching."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from nearer.care.records import Section, Seen
from nearer.care.rules.answers import BOTH, Answers
from nearer.care.rules.couples import day_range
from nearer.directory.api import PlanCard, PlanChoice, PlanUnknown, plan, plans_in
from nearer.matching.api import Ask, AskWish, Page, answer, explain, more

#: So many to choose from are enough.
ENOUGH = 3


def ask_of(answers: Answers, service: str) -> Ask:
    """Return what is asked of matching for one service."""
    return Ask(
        jurisdiction=answers.jurisdiction,
        partner_jurisdiction=answers.partner_jurisdiction if service == "couples" else None,
        service=service,
        plan_id=answers.plan_id,
        age_bands=answers.ages(service),
        modality=answers.modality,
        wishes=tuple(AskWish(wish.kind, wish.codes, wish.strength) for wish in answers.wishes),
        times=frozenset(answers.times),
        zone=answers.zone,
        seed=answers.seed,
        excluded=frozenset(answers.excluded),
        avoid=tuple(AskWish(wish.kind, wish.codes) for wish in answers.avoid),
        apart=tuple(day_range(day, answers.zone) for day in answers.apart),
    )


def today(now: datetime) -> date:
    """Return the UTC day: sources date their facts by it, and in the evening of the United States it is tomorrow's."""
    return now.astimezone(UTC).date()


def plans_for(answers: Answers, now: datetime) -> tuple[PlanChoice, ...]:
    """Return the plans that can be chosen where the client will be."""
    return plans_in(answers.jurisdiction, today(now))


def plan_of(answers: Answers, now: datetime) -> PlanCard | None:
    """Return the plan that was chosen.

    :raises PlanUnknown: it is not in force any more.
    """
    return None if answers.plan_id is None else plan(answers.plan_id, today(now))


def sections(answers: Answers, now: datetime) -> tuple[Section, ...]:
    """Return the answer for each service that is sought; for both, of different people as far as there are enough.

    :raises PlanUnknown: the plan is not in force any more.
    """
    first, *rest = (Section(service, answer(ask_of(answers, service), now=now)) for service in answers.services)
    if answers.who != BOTH:
        return (first, *rest)
    return (first, *(_of_others(first, each, answers, now) for each in rest))


def _of_others(first: Section, section: Section, answers: Answers, now: datetime) -> Section:
    """Return this section without those whom the first one shows, unless that would leave it too short."""
    shown = {match.profile.id for match in first.matches.matches}
    if shown.isdisjoint(match.profile.id for match in section.matches.matches):
        return section
    ask = ask_of(answers, section.service)
    found = Section(section.service, answer(replace(ask, excluded=ask.excluded | shown), now=now))
    return found if len(found.matches.matches) >= ENOUGH else section


def everyone(answers: Answers, service: str, *, page: int, now: datetime) -> Page:
    """Return one page of all who fit.

    :raises PlanUnknown: the plan is not in force any more.
    """
    return more(ask_of(answers, service), page=page, now=now)


def seen(answers: Answers, npi: str, now: datetime) -> tuple[Seen, ...]:
    """Return one therapist, looked at for each service that is sought: a match, or why not.

    :raises TherapistUnknown: nobody has this NPI.
    :raises PlanUnknown: the plan is not in force any more.
    """
    return tuple(Seen(service, explain(ask_of(answers, service), npi, now=now)) for service in answers.services)


__all__ = ["PlanUnknown", "ask_of", "everyone", "plan_of", "plans_for", "sections", "seen", "today"]
