"""When somebody is reminded of a session. Plain arithmetic; all times are aware."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

#: How much of its lead a reminder may be late by, when nothing was sent for a while: six hours of a day, not more.
LATE_SHARE = 4

#: How much a reminder says, from nothing but when to everything.
WHEN, WITH_WHOM, OPENLY = "when", "with_whom", "openly"
PLAINNESS = (WHEN, WITH_WHOM, OPENLY)


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder of one session, `hours` before it begins."""

    hours: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Starts:
    """The sessions that begin in [`start`, `end`) may have a reminder to be planned."""

    start: datetime
    end: datetime


def due(
    session_start: datetime, *, known_since: datetime, hours: Sequence[int], now: datetime, ahead: timedelta
) -> Iterator[Due]:
    """Yield the reminders of a session that fall due within `ahead` of `now`, or did so lately and were not sent.

    A reminder is left out where the client took this time only after it would have come: they know. `known_since`
    is when the time was confirmed or last moved.
    """
    for each in hours:
        due_at = session_start - timedelta(hours=each)
        if known_since < due_at < now + ahead and now < due_at + lateness(each):
            yield Due(each, due_at)


def lateness(hours: int) -> timedelta:
    """Return by how much a reminder that long before a session may be late and still be of use."""
    return timedelta(hours=hours) / LATE_SHARE


def starts(*, hours: Sequence[int], now: datetime, ahead: timedelta) -> tuple[Starts, ...]:
    """Return when sessions begin that `due` has anything to yield for, for each of the hours."""
    leads = ((timedelta(hours=each), lateness(each)) for each in hours)
    return tuple(Starts(now + lead - late, now + lead + ahead) for lead, late in leads)
