"""What runs out soon and hides most, and what waits for a check. A constant number of queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from nearer.directory import api as directory
from nearer.matching import api as matching
from nearer.outbox import api as outbox
from nearer.portal.models import Seat

MOST = 30


@dataclass(frozen=True, slots=True)
class Due:
    """One therapist whose facts run out: in how many hours of two weeks they could be seen for the first time."""

    facts: directory.Expiring
    hours: int
    has_desk: bool
    was_asked: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """All that runs out within some days: those first that hide most. `count` is of how many, `hours` of all."""

    days: int
    due: tuple[Due, ...]
    count: int
    hours: int
    by_part: tuple[tuple[str, int], ...]
    waiting: tuple[directory.StatementCard, ...]


def queue(*, now: datetime, days: int) -> Queue:
    """Return what runs out within so many days and what waits for a check. Five queries."""
    today = now.astimezone(UTC).date()
    found = directory.expiring(on=today, until=today + timedelta(days=days))
    hours = matching.opening_hours([each.therapist_id for each in found])
    first = sorted(found, key=lambda each: (-hours.get(each.therapist_id, 0), each.soonest, each.therapist_id))[:MOST]
    seats = seats_of([each.therapist_id for each in first])
    asked = outbox.keys_left([asked_key(therapist_id, now) for therapist_id in seats])
    due = (
        Due(
            each,
            hours.get(each.therapist_id, 0),
            each.therapist_id in seats,
            asked_key(each.therapist_id, now) in asked,
        )
        for each in first
    )
    parts = dict.fromkeys(directory.VOUCHED_FOR, 0)
    for each in found:
        for ending in each.endings:
            parts[ending.part] += 1
    by_part = tuple((part, count) for part, count in parts.items() if count)
    return Queue(days, tuple(due), len(found), sum(hours.values()), by_part, directory.statements_waiting())


def seats_of(therapist_ids: Collection[int]) -> dict[int, int]:
    """Return who signs in as each of these therapists, where anybody does."""
    return dict(Seat.objects.filter(therapist_id__in=therapist_ids).values_list("therapist_id", "user_id"))


def asked_key(therapist_id: int, now: datetime) -> str:
    """Return what names the question whether all is still true: one a therapist and week."""
    year, week, _ = now.astimezone(UTC).isocalendar()
    return f"still-true:{therapist_id}:{year}-{week}"
