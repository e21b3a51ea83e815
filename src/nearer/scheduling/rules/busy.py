"""What was read from a therapist's own calendar: when they are busy, and what could not be understood."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import lt
from typing import Literal

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.rules.diary import KNOWN_HORIZON_DAYS, Span, merged_spans

#: How often a calendar is read, how far ahead, and how long it may fail before its owner is told.
EVERY = timedelta(hours=1)
AHEAD = timedelta(days=KNOWN_HORIZON_DAYS + 10)
PATIENCE = timedelta(hours=6)

State = Literal["waiting", "well", "failing"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in a calendar that was left out, and how many events of it there are.

    `why` is its kind, `said` what stands there instead of a known zone, `first` when the first of them begins, as the
    calendar writes it.
    """

    why: str
    said: str = ""
    first: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """Busy times in minutes since 1970 UTC: as few spans as possible, in order. `events` is how many were read."""

    busy: tuple[Span, ...]
    troubles: tuple[Trouble, ...]
    events: int


def packed(spans: Iterable[Span]) -> bytes:
    """Return spans that lie apart and in order as the database keeps them: 32-bit numbers, start and end by turns."""
    return array("i", [bound for span in spans for bound in span]).tobytes()


def unpacked(data: bytes) -> Sequence[int]:
    """Return the bounds of busy times, start and end by turns, in order and apart.

    `data` may be what was packed of several calendars, one behind the other.
    """
    bounds = array("i", data)
    if all(map(lt, bounds, bounds[1:])):
        return bounds
    return [bound for span in merged_spans(list(zip(bounds[::2], bounds[1::2], strict=True))) for bound in span]


def spans_meeting(bounds: Sequence[int], first: int, last: int) -> Iterator[Span]:
    """Return the busy times that meet the minutes from `first` up to `last`."""
    start, end = bisect_right(bounds, first) & ~1, bisect_left(bounds, last)
    end += end & 1
    return zip(bounds[start:end:2], bounds[start + 1 : end : 2], strict=True)


@dataclass(frozen=True, slots=True)
class CalendarCard:
    """A calendar that a therapist connected. Its address is told no further than the host.

    `state` is waiting until it was tried, and failing once it was never read or has failed for a while; `failure` is
    a word of `foundation.fetching` (with the server's status, where it gave one) or of `calendars.reading`.
    """

    id: int
    name: str
    host: str
    connected_at: datetime
    read_at: datetime | None
    state: State
    failure: str
    failing_since: datetime | None
    troubles: tuple[Trouble, ...]


def state_of(*, read_at: datetime | None, failing_since: datetime | None, now: datetime) -> State:
    """Say how a calendar fares; one that was read before is given a while."""
    if failing_since is not None and (read_at is None or failing_since <= told_from(now)):
        return "failing"
    return "waiting" if read_at is None else "well"


def told_from(now: datetime) -> datetime:
    """Return since when a calendar must have failed for its owner to be told now."""
    return now - PATIENCE


def window_of(now: datetime) -> TimeRange:
    """Return the time that calendars are read for: from the day before to a little beyond the longest horizon."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return TimeRange(today - timedelta(days=1), today + AHEAD)


@dataclass(frozen=True, slots=True)
class FeedCard:
    """What is known of a feed without its secret."""

    made_at: datetime
    with_initials: bool
