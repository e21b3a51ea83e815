"""What fits both: one ask of two people's needs, in which nobody's can be told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from nearer.accounts import api as accounts
from nearer.care.models import Booking
from nearer.care.queries.couples.pairs import Pair, answers_of
from nearer.care.queries.finding import ask_of
from nearer.care.rules import couples
from nearer.care.rules.answers import ME, US, Answers
from nearer.care.rules.couples import SECOND, local_day
from nearer.directory.api import PlanUnknown, TherapistUnknown
from nearer.foundation.timerange import TimeRange
from nearer.matching.api import Ask, Match, Matches, NotMatched, answer, explain
from nearer.scheduling import api as scheduling

#: Nobody who was found not to fit only for want of a free time is unfit: the time that is held is not free.
ONLY_TIMES = frozenset({"times", "openings"})


@dataclass(frozen=True, slots=True)
class Other:
    """Another session of someone: with whom, and when."""

    therapist_id: int
    session: TimeRange


def other_sessions(client_ids: Iterable[int], *, of_couples: bool) -> tuple[Other, ...]:
    """Return the sessions that these clients have or had of one kind: together, or alone."""
    kind = Q(appointment__service="couples")
    agreed = Q(appointment__status__in=("confirmed", "completed", "no_show"))
    waiting = Q(appointment__status="held", couple__status=couples.WAITING)
    rows = (
        Booking.objects.filter(agreed | waiting, kind if of_couples else ~kind, client_id__in=list(client_ids))
        .values_list("appointment__therapist_id", "appointment__session")
        .order_by("pk")
    )
    return tuple(Other(therapist_id, TimeRange(when.lower, when.upper)) for therapist_id, when in rows)


def joint_answers(found: Pair) -> Answers:
    """Return the two people's places and the plan that is billed as one search; whose plan it is comes first."""
    first, second = answers_of(found.first), found.second
    if second is None:
        return replace(first, who=US)
    theirs = answers_of(second)
    one, two = (theirs, first) if found.couple.billed == SECOND else (first, theirs)
    return replace(
        first,
        who=US,
        jurisdiction=one.jurisdiction,
        partner_jurisdiction=two.jurisdiction,
        plan_id=one.plan_id if found.couple.billed in couples.PLACES else None,
        unlisted=False,
    )


def age_bands(found: Pair, on: datetime) -> tuple[str, ...]:
    """Return the age bands that the two are in on that day, each once, by the birth dates that they gave."""
    known = [accounts.client(row.client_id) for row in found.bookings if row.client_id is not None]
    return tuple(dict.fromkeys(accounts.age_band(each.birth_date, on.date()) for each in known))


def shared_ask(found: Pair, now: datetime) -> Ask:
    """Return what both need as one ask: licences, ages, every must of each, times that suit both, nobody's own."""
    first, joint = answers_of(found.first), joint_answers(found)
    theirs = answers_of(found.second) if found.second is not None else None
    ask = ask_of(joint, "couples")
    alone = [
        (other, answers_of(row).zone)
        for row in found.bookings
        if row.client_id is not None
        for other in other_sessions([row.client_id], of_couples=False)
    ]
    days = {local_day(other.session.start, zone) for other, zone in alone if other.session.end > now}
    return replace(
        ask,
        age_bands=age_bands(found, now.astimezone(ZoneInfo(first.zone))) or ask.age_bands,
        wishes=ask.wishes if theirs is None else (*ask.wishes, *ask_of(replace(theirs, who=ME), "couples").wishes),
        partner_times=frozenset(theirs.times if theirs else ()),
        partner_zone=theirs.zone if theirs else "UTC",
        apart=(*ask.apart, *sorted(days)),
        excluded=ask.excluded
        | {other.therapist_id for other, _ in alone}
        | frozenset(theirs.excluded if theirs else ()),
    )


def fits(found: Pair, now: datetime) -> bool:
    """Say whether the therapist who is held fits both, whatever their times."""
    therapist_id = scheduling.appointment(found.first.appointment_id).therapist_id
    try:
        verdict = explain(shared_ask(found, now), therapist_id, now=now)
    except (PlanUnknown, TherapistUnknown):
        return False
    return not (isinstance(verdict, NotMatched) and verdict.kind not in ONLY_TIMES)


def fitting(found: Pair, npi: str, now: datetime) -> Match | NotMatched:
    """Return one therapist as the two of them would be shown, or why not.

    :raises TherapistUnknown: nobody has this NPI.
    :raises PlanUnknown: the plan that is billed is not in force.
    """
    return explain(shared_ask(found, now), npi, now=now)


def shared_answer(found: Pair, now: datetime) -> Matches | None:
    """Return who fits both, at times that suit both; None where the plan that is billed is not in force."""
    try:
        return answer(shared_ask(found, now), now=now)
    except PlanUnknown:
        return None
