"""Times as a person reads them, in their own zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import formats

from nearer.care.rules.zones import OFFERED
from nearer.care.vocabulary import zone_words
from nearer.foundation.timerange import TimeRange


@dataclass(frozen=True, slots=True)
class Time:
    """One opening: `value` is what a form sends (UTC, ISO 8601)."""

    value: str
    words: str
    day: str


@dataclass(frozen=True, slots=True)
class Day:
    """One local day and its openings."""

    words: str
    times: tuple[Time, ...]


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    value: str
    words: str
    is_chosen: bool


def day_words(moment: datetime) -> str:
    """Return weekday, month and day of a local moment."""
    return f"{formats.date_format(moment, 'l')}, {formats.date_format(moment, 'MONTH_DAY_FORMAT')}"


def time_words(moment: datetime) -> str:
    return formats.time_format(moment, "TIME_FORMAT")


def when_words(session: TimeRange, zone: str) -> str:
    """Return day and time of a session in a zone, with the zone's name."""
    start = session.start.astimezone(ZoneInfo(zone))
    return f"{day_words(start)}, {time_words(start)} ({zone_words(zone)})"


def days(openings: Sequence[TimeRange], zone: str, *, most_days: int = 0, most_times: int = 0) -> tuple[Day, ...]:
    """Return openings by local day, in order; only the first days and times of a day, where limits are given."""
    local = (opening.start.astimezone(ZoneInfo(zone)) for opening in openings)
    by_day = [(day, list(starts)) for day, starts in groupby(local, key=lambda start: start.date())]
    return tuple(
        Day(day_words(starts[0]), tuple(_time(start) for start in starts[: most_times or None]))
        for _, starts in by_day[: most_days or None]
    )


def zones(chosen: str) -> tuple[ZoneChoice, ...]:
    """Return the zones to choose from; the present one is among them."""
    offered = OFFERED if chosen in OFFERED else (chosen, *OFFERED)
    return tuple(ZoneChoice(zone, zone_words(zone), zone == chosen) for zone in offered)


def _time(start: datetime) -> Time:
    return Time(start.astimezone(UTC).isoformat(), time_words(start), day_words(start))
