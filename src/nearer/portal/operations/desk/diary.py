"""Hours, days and pauses; each act returns what puts it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nearer.directory import api as directory
from nearer.matching import api as matching
from nearer.scheduling import api as scheduling

#: What an act was, and the values that put it back: plain enough for a session to keep.
Undo = dict[str, Any]
Hours = Sequence[tuple[int, int, int]]


@transaction.atomic
def set_week(*, therapist_id: int, time_zone: str, hours: Hours, now: datetime) -> Undo:
    """Replace a therapist's week.

    :raises HoursWrong: hours that are none, or no such zone.
    """
    before = _week(therapist_id, now)
    week = [scheduling.WeeklyHours(*each) for each in hours]
    scheduling.set_hours(therapist_id=therapist_id, time_zone=time_zone, hours=week, settings=None, now=now)
    matching.project_soon(therapist_ids=[therapist_id])
    return before


@transaction.atomic
def set_days(*, therapist_id: int, days: Mapping[date, scheduling.Spans | None], now: datetime) -> Undo:
    """Give days other hours, or none, or the week's again.

    :raises HoursWrong: hours that are none, or too many days.
    :raises NoDiary: there are no hours yet.
    """
    before = scheduling.set_days(therapist_id=therapist_id, days=days, now=now)
    matching.project_soon(therapist_ids=[therapist_id])
    return {"what": "days", "days": {day.isoformat(): spans for day, spans in before.items()}}


@transaction.atomic
def pause(*, therapist_id: int, until: date | None, now: datetime) -> Undo:
    """Take nobody new until a day, or end a pause.

    :raises NoDiary: there are no hours yet.
    """
    before = scheduling.diary(therapist_id, now=now).settings.paused_until
    scheduling.pause(therapist_id=therapist_id, until=until, now=now)
    matching.project_soon(therapist_ids=[therapist_id])
    return {"what": "pause", "until": None if before is None else before.isoformat()}


@transaction.atomic
def set_limits(*, therapist_id: int, changes: Mapping[str, int], now: datetime) -> Undo:
    """Change limits.

    :raises HoursWrong: one that may not be so.
    :raises NoDiary: there are no hours yet.
    """
    before = scheduling.set_limits(therapist_id=therapist_id, changes=changes, now=now)
    matching.project_soon(therapist_ids=[therapist_id])
    return {"what": "limits", "changes": before}


def _week(therapist_id: int, now: datetime) -> Undo:
    try:
        held = scheduling.diary(therapist_id, now=now)
    except scheduling.NoDiary:
        zone = directory.own_facts(therapist_id, now.date()).profile.time_zone
        return {"what": "week", "zone": zone, "hours": []}
    hours = [[each.weekday, each.start_minute, each.end_minute] for each in held.hours]
    return {"what": "week", "zone": held.time_zone, "hours": hours}
