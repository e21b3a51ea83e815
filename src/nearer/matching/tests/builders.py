"""Therapists with diaries, and asks, for tests: what a test does not name is ordinary and fits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import Model

from nearer.directory.models import Contract, Licence, Network, Service, Therapist, Trait
from nearer.directory.tests.builders import a_network, a_plan, a_therapist
from nearer.matching.api import MUST, NICE, Ask, AskWish, Matches, answer, project_stale
from nearer.scheduling.models import Diary, Hours

#: A Monday, ten in the morning in Massachusetts.
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
NEW_YORK = "America/New_York"
NINE, FIVE = 9 * 60, 17 * 60


def a_diary(
    therapist: Therapist,
    *,
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4),
    start: int = NINE,
    end: int = FIVE,
    **rules: Any,
) -> Diary:
    """Write working hours on these weekdays, in minutes of the local day."""
    diary = Diary.objects.create(therapist=therapist, time_zone=therapist.time_zone, **rules)
    Hours.objects.bulk_create(
        Hours(diary=diary, weekday=weekday, start_minute=start, end_minute=end) for weekday in weekdays
    )
    return diary


def someone_free(**facts: Any) -> Therapist:
    """Write a therapist who works office hours and has every time free."""
    therapist = a_therapist(**facts)
    a_diary(therapist)
    return therapist


def an_ask(**said: Any) -> Ask:
    """Return the ask of an adult in Massachusetts who pays themselves, but for what is said."""
    usual = {
        "jurisdiction": "MA",
        "service": "individual",
        "plan_id": None,
        "age_bands": ("adult",),
        "zone": NEW_YORK,
        "seed": 7,
    }
    return Ask(**{**usual, **said})


def a_network_and_plan(**said: Any) -> tuple[Network, int]:
    """Write a network and a plan that pays for it; return the network and the plan's id."""
    network = a_network()
    return network, a_plan(networks=[network], **said).pk


def projected(now: datetime = NOW) -> int:
    """Bring the projection up to date."""
    return project_stale(now=now)


def asked(now: datetime = NOW, **said: Any) -> Matches:
    return answer(an_ask(**said), now=now)


def ids(matches: Matches) -> set[int]:
    return {match.profile.id for match in (*matches.matches, *matches.others)}


def must(kind: str, *codes: str) -> AskWish:
    return AskWish(kind, codes, MUST)


def nice(kind: str, *codes: str) -> AskWish:
    return AskWish(kind, codes, NICE)


def many_free(count: int, network_id: int) -> None:
    """Write many therapists quickly: the facts of one, copied."""
    one = someone_free(traits={"concern": ["closeness"], "language": ["en"]})
    people = [
        Therapist(
            npi=f"8{number:09}",
            given_name="Sam",
            family_name=str(number),
            accepting=True,
            source="test",
            source_id=str(number),
            time_zone=NEW_YORK,
            verified_on=one.verified_on,
            expires_on=one.expires_on,
        )
        for number in range(count)
    ]
    Therapist.objects.bulk_create(people)
    models: tuple[type[Model], ...] = (Licence, Service, Trait)
    for model in models:
        for fact in model._default_manager.filter(therapist=one).values():
            del fact["id"]
            copies = [model(**{**fact, "therapist_id": person.pk}) for person in people]
            model._default_manager.bulk_create(copies)
    Contract.objects.bulk_create(
        Contract(
            therapist=person,
            network_id=network_id,
            jurisdiction="MA",
            starts_on=one.verified_on,
            source="test",
            source_id="1",
            verified_on=one.verified_on,
            expires_on=one.expires_on,
        )
        for person in people
    )
    diaries = [Diary(therapist=person, time_zone=NEW_YORK) for person in people]
    Diary.objects.bulk_create(diaries)
    Hours.objects.bulk_create(
        Hours(diary=diary, weekday=weekday, start_minute=540, end_minute=1020)
        for diary in diaries
        for weekday in range(5)
    )
