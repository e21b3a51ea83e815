"""Therapists with diaries, and asks, for tests: what a test does not name is ordinary and fits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from nearer.directory.models import Network, Therapist
from nearer.directory.tests.builders import a_network, a_plan, a_therapist
from nearer.matching.api import Ask, project_stale
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
