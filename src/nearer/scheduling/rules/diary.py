"""What a diary says at one moment: weekly hours, dated exceptions, settings, and the time already taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.rules.states import BEGUN, COMPLETED, LIVE
from nearer.scheduling.rules.zones import MINUTES_A_DAY, day_number, floor_minute, local_day, utc_minute, zone_named

#: A client counts towards the caseload this long after a session, unless the next is arranged.
CASELOAD_DAYS = 90
#: How far ahead those may book who come already: as far as the longest horizon that a diary can have.
KNOWN_HORIZON_DAYS = 180
DAYS_A_WEEK = 7
#: 1970-01-01 was a Thursday: day 0 is the fourth day of its ISO week.
_THURSDAY = 3

#: Minutes since 1970 UTC, up to but not including the second.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Working hours on one local weekday (Monday is 0), in minutes of the day; midnight at its end is 1440."""

    weekday: int
    start_minute: int
    end_minute: int


@dataclass(frozen=True, slots=True)
class DiarySettings:
    """How a therapist takes bookings; days are local midnights, limits count clients."""

    lead_days: int = 1
    horizon_days: int = 28
    increment_minutes: int = 30
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 10
    weekly_new_clients: int = 5
    caseload_limit: int = 40
    caseload_elsewhere: int = 0
    paused_until: date | None = None


SETTINGS = tuple(each.name for each in fields(DiarySettings))


@dataclass(frozen=True, slots=True)
class Taken:
    """Time that an appointment takes: `during` includes its buffers; all in minutes since 1970 UTC."""

    during: Span
    session: Span
    status: str
    is_intake: bool


@dataclass(frozen=True, slots=True)
class DiaryPages:
    """Everything that decides one therapist's openings.

    An exception is a day number and the hours that replace that day's: none on a day off. `busy` is when calendars
    elsewhere say that the therapist is busy, start and end by turns, in order and apart (rules.busy).
    """

    time_zone: str
    settings: DiarySettings
    hours: tuple[WeeklyHours, ...]
    exceptions: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    taken: tuple[Taken, ...] = ()
    version: int = 0
    busy: Sequence[int] = ()


def working_spans(pages: DiaryPages, days: Iterable[int]) -> list[Span]:
    """Return the working time on these local days, as the fewest spans, in order."""
    weekly: list[list[tuple[int, int]]] = [[] for _ in range(DAYS_A_WEEK)]
    for hours in pages.hours:
        weekly[hours.weekday].append((hours.start_minute, hours.end_minute))
    zone, spans = pages.time_zone, []
    for day in days:
        for start, end in pages.exceptions.get(day, weekly[(day + _THURSDAY) % DAYS_A_WEEK]):
            spans.append((utc_minute(day, start, zone), utc_minute(day, end, zone)))
    return merged_spans(spans)


def spans_of_day(pages: DiaryPages, day: int) -> tuple[Span, ...]:
    """Return the hours of one local day, in minutes of that day: an exception's, else the week's."""
    weekday = (day + _THURSDAY) % DAYS_A_WEEK
    weekly = ((each.start_minute, each.end_minute) for each in pages.hours if each.weekday == weekday)
    return tuple(merged_spans(list(pages.exceptions.get(day, tuple(weekly)))))


def without_span(spans: Collection[Span], out: Span) -> tuple[Span, ...]:
    """Return the same minutes without those from the first of `out` up to, but not including, its second."""
    halves = ((start, min(end, out[0])) for start, end in spans), ((max(start, out[1]), end) for start, end in spans)
    return tuple(sorted(half for side in halves for half in side if half[0] < half[1]))


def local_parts(period: TimeRange, zone: str) -> list[tuple[date, Span]]:
    """Return a stretch of time as minutes of the local days that it touches, in whole minutes outwards."""
    start, end = (each.astimezone(zone_named(zone)) for each in (period.start, period.end))
    parts, on = [], start.date()
    while on <= end.date():
        first = start.hour * 60 + start.minute if on == start.date() else 0
        last = end.hour * 60 + end.minute + bool(end.second) if on == end.date() else MINUTES_A_DAY
        if first < last:
            parts.append((on, (first, last)))
        on += timedelta(days=1)
    return parts


def merged_spans(spans: list[Span]) -> list[Span]:
    """Return the same minutes as the fewest spans, in order; a span that holds no minute is dropped."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def tidy_week(hours: Iterable[WeeklyHours]) -> frozenset[WeeklyHours]:
    """Return the same week in the fewest hours: on each weekday, hours that meet or overlap become one."""
    days: dict[int, list[Span]] = {}
    for each in hours:
        days.setdefault(each.weekday, []).append((each.start_minute, each.end_minute))
    return frozenset(WeeklyHours(weekday, *span) for weekday, spans in days.items() for span in merged_spans(spans))


def week_of(day: int) -> int:
    """Return the number of the ISO week (Monday to Sunday) that a day number lies in."""
    return (day + _THURSDAY) // DAYS_A_WEEK


def full_weeks(pages: DiaryPages) -> frozenset[int]:
    """Return the weeks of the therapist's own calendar that can begin with no further client."""
    begun = [taken.session[0] for taken in pages.taken if taken.is_intake and taken.status in BEGUN]
    if len(begun) < pages.settings.weekly_new_clients:
        return frozenset()
    weeks = Counter(week_of(local_day(minute, pages.time_zone)) for minute in begun)
    return frozenset(week for week, count in weeks.items() if count >= pages.settings.weekly_new_clients)


def caseload(pages: DiaryPages, now: datetime) -> int:
    """Return how many clients the therapist has: those elsewhere, those to come, and those seen of late."""
    since = floor_minute(now - timedelta(days=CASELOAD_DAYS))
    ours = sum(
        taken.is_intake and (taken.status in LIVE or (taken.status == COMPLETED and taken.session[1] > since))
        for taken in pages.taken
    )
    return pages.settings.caseload_elsewhere + ours


def is_paused(pages: DiaryPages, now: datetime) -> bool:
    """Say whether the therapist takes nobody new today; they do again on the day `paused_until`."""
    until = pages.settings.paused_until
    return until is not None and not has_come(until, pages.time_zone, now)


def has_come(day: date, time_zone: str, now: datetime) -> bool:
    """Say whether it is this day in the zone, or a later one."""
    return local_day(floor_minute(now), time_zone) >= day_number(day)


def is_full(pages: DiaryPages, now: datetime) -> bool:
    """Say whether the therapist's limits leave no room for a new client in any week."""
    return pages.settings.weekly_new_clients == 0 or caseload(pages, now) >= pages.settings.caseload_limit
