"""What was read from a therapist's own calendar: when they are busy, and what could not be understood."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import lt

from nearer.scheduling.rules.diary import Span, merged_spans


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
