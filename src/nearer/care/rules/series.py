"""The same time every week or every other: which days, at which instants, and what stands in the way of each.

The therapist's clock decides, since their hours and everybody else's regular times are read from it: a series that
followed another clock would slide into a neighbour's time twice a year.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from nearer.foundation.timerange import TimeRange

WEEKLY, FORTNIGHTLY = 1, 2
USUAL_COUNT, MOST = 4, 8
#: How far from the usual time another one on the same day is offered.
NEAR = timedelta(hours=2)

SAME = "same"
MOVED = "moved"  # the usual time is taken; another one on that day is near
CLOCKS = "clocks"  # that night the clocks skip the usual time, so it begins as much later
HOLIDAY = "holiday"
TAKEN = "taken"  # nothing is free near the usual time
UNSURE = "unsure"  # what we know of licence or network does not reach to that day
APART = "apart"  # the other of one's two kinds of sessions falls on that day
SKIPPED = frozenset({HOLIDAY, TAKEN, UNSURE, APART})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One day of a series: the local day, and when the usual time is on it. `is_skipped`: the clocks leave it out."""

    on: date
    start: datetime
    is_skipped: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed for one day: a session, or none and why.

    `other_clock`: on the client's own clock it is another time than the first session was. `name` is the holiday's.
    """

    on: date
    usual: datetime
    session: TimeRange | None
    kind: str
    other_clock: bool = False
    name: str = ""


def wanted(first: datetime, *, zone: str, every_weeks: int, count: int) -> tuple[Wanted, ...]:
    """Return the days after the first session, and when its local time is on each.

    A time that the clocks show twice is the first of the two; one that they skip begins as much later as they skip
    (RFC 5545, 3.3.5).
    """
    local = first.astimezone(ZoneInfo(zone))
    days = (local.date() + timedelta(weeks=every_weeks * each) for each in range(1, count + 1))
    return tuple(_on(day, local.time().replace(fold=0), zone) for day in days)


def proposed(  # noqa: PLR0913 - what is wanted, what is free, and what stands in the way
    days: Sequence[Wanted],
    free: Sequence[TimeRange],
    *,
    holidays: Mapping[date, str],
    unsure: Collection[date],
    apart: Collection[date] = (),
    zone: str,
    client_zone: str,
    first: datetime,
) -> tuple[Proposed, ...]:
    """Return what is proposed for each day, in order.

    A holiday is left out whatever the diary says; a day that nobody can vouch for yet too. Where the usual time is
    not free, the nearest free one of that day within two hours is proposed, the earlier of two that are as near.
    """
    usual_clock = _clock(first, client_zone)
    starts = {session.start: session for session in free}

    def one(day: Wanted) -> Proposed:
        if day.on in holidays:
            return Proposed(day.on, day.start, None, HOLIDAY, name=holidays[day.on])
        if day.on in unsure:
            return Proposed(day.on, day.start, None, UNSURE)
        if day.on in apart:
            return Proposed(day.on, day.start, None, APART)
        session = starts.get(day.start)
        kind = CLOCKS if day.is_skipped else SAME
        if session is None:
            session, kind = _nearest(day, free, zone), MOVED
        if session is None:
            return Proposed(day.on, day.start, None, TAKEN)
        return Proposed(day.on, day.start, session, kind, other_clock=_clock(session.start, client_zone) != usual_clock)

    return tuple(one(day) for day in days)


def window(days: Sequence[Wanted]) -> TimeRange:
    """Return the time in which sessions near these days may start."""
    return TimeRange(days[0].start - NEAR, days[-1].start + NEAR + timedelta(minutes=1))


def _on(day: date, wall: time, zone: str) -> Wanted:
    start = datetime.combine(day, wall, ZoneInfo(zone)).astimezone(UTC)
    shown = start.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    return Wanted(day, start, shown != datetime.combine(day, wall))


def _nearest(day: Wanted, free: Sequence[TimeRange], zone: str) -> TimeRange | None:
    near = list(_near(day, free, zone))
    return min(near, key=lambda each: (abs(each.start - day.start), each.start), default=None)


def _near(day: Wanted, free: Sequence[TimeRange], zone: str) -> Iterator[TimeRange]:
    for session in free:
        same_day = session.start.astimezone(ZoneInfo(zone)).date() == day.on
        if same_day and abs(session.start - day.start) <= NEAR:
            yield session


def _clock(moment: datetime, zone: str) -> time:
    return moment.astimezone(ZoneInfo(zone)).time().replace(fold=0)
