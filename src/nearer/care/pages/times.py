"""Times as a person reads them, in their own zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import ngettext

from nearer.care.rules.spreading import spread
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
    """One local day and its openings. `others` begin within half an hour of one that is shown."""

    words: str
    count: str
    times: tuple[Time, ...]
    others: tuple[Time, ...] = ()

    @property
    def every(self) -> tuple[Time, ...]:
        return tuple(sorted((*self.times, *self.others), key=lambda time: time.value))


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
    """Return openings by local day, in order.

    Where limits are given: only the first days, and of each day a few times spread from its first to its last.
    Else every one: the first of each half hour, and beside them the others.
    """
    local = (opening.start.astimezone(ZoneInfo(zone)) for opening in openings)
    by_day = [list(starts) for _, starts in groupby(local, key=lambda start: start.date())]
    return tuple(_day(starts, most_times) for starts in by_day[: most_days or None])


def zones(chosen: str) -> tuple[ZoneChoice, ...]:
    """Return the zones to choose from; the present one is among them."""
    offered = OFFERED if chosen in OFFERED else (chosen, *OFFERED)
    return tuple(ZoneChoice(zone, zone_words(zone), zone == chosen) for zone in offered)


def half_hourly(starts: Sequence[datetime]) -> Sequence[datetime]:
    """Return the first of these in each half hour of the clock."""
    return [next(same) for _, same in groupby(starts, key=lambda start: (start.hour, start.minute // 30, start.fold))]


def _day(starts: Sequence[datetime], most_times: int) -> Day:
    count = ngettext("%(count)d time", "%(count)d times", len(starts)) % {"count": len(starts)}
    shown = spread(starts, most_times) if most_times else half_hourly(starts)
    others = () if most_times else tuple(_time(start) for start in starts if start not in shown)
    return Day(capfirst(day_words(starts[0])), count, tuple(_time(start) for start in shown), others)


def _time(start: datetime) -> Time:
    return Time(start.astimezone(UTC).isoformat(), time_words(start), day_words(start))
