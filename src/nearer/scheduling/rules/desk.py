"""A diary as its therapist reads it, and between which bounds its settings lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from nearer.scheduling.rules.diary import DiaryPages, DiarySettings, WeeklyHours, caseload, is_paused
from nearer.scheduling.rules.zones import EPOCH_ORDINAL

#: Minutes of a local day: from, up to.
Spans = tuple[tuple[int, int], ...]

#: What each setting may be: from, up to and including.
BOUNDS: Mapping[str, tuple[int, int]] = {
    "lead_days": (0, 30),
    "horizon_days": (1, 180),
    "buffer_before_minutes": (0, 120),
    "buffer_after_minutes": (0, 120),
    "weekly_new_clients": (0, 1000),
    "caseload_limit": (0, 1000),
    "caseload_elsewhere": (0, 1000),
}
#: The only ways to space starts evenly in an hour.
INCREMENTS = (5, 10, 15, 20, 30, 60)


@dataclass(frozen=True, slots=True)
class DiaryView:
    """One diary. `days` are the dated changes: the hours of that local day, none on a day off.

    `caseload` counts the clients that count towards the limit now, those elsewhere among them.
    """

    time_zone: str
    settings: DiarySettings
    hours: tuple[WeeklyHours, ...]
    days: Mapping[date, Spans]
    caseload: int
    is_paused: bool


def view_of(pages: DiaryPages, now: datetime) -> DiaryView:
    """Return a diary's pages as its therapist reads them, hours and days in order."""
    days = {date.fromordinal(day + EPOCH_ORDINAL): spans for day, spans in sorted(pages.exceptions.items())}
    hours = tuple(sorted(pages.hours, key=lambda each: (each.weekday, each.start_minute)))
    return DiaryView(pages.time_zone, pages.settings, hours, days, caseload(pages, now), is_paused(pages, now))


def out_of_bounds(changes: Mapping[str, int]) -> str | None:
    """Return the name of the first setting that may not be so; a setting that has no bounds may not be changed."""
    for name, value in changes.items():
        if name == "increment_minutes":
            if value not in INCREMENTS:
                return name
        elif name not in BOUNDS or not BOUNDS[name][0] <= value <= BOUNDS[name][1]:
            return name
    return None
