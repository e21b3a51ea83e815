"""A week as someone types or paints it: rows of a day, each from one time of the clock until another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

MINUTES_A_DAY = 24 * 60
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::00)?", re.ASCII)

#: Minutes of a local day: from, up to.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """What was typed in one row of a day: two times of the clock, either of which may be missing."""

    start: str
    end: str

    @property
    def is_empty(self) -> bool:
        return not (self.start or self.end)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row of a day: `half`, `unreadable`, `backwards`, `midnight` or `overlap`.

    `other` is the row that it meets, by its place in the day.
    """

    kind: str
    row: int
    other: int = -1


def minute_of(text: str) -> int | None:
    """Return the minute of the day that a clock shows; None where it shows none."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    minute = int(found[1]) * 60 + int(found[2])
    return minute if minute <= MINUTES_A_DAY else None


def clock_of(minute: int) -> str:
    """Return what a clock shows at a minute of the day; at the end of the day it shows midnight again."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def read_day(rows: Sequence[Row]) -> tuple[tuple[Span, ...], tuple[Fault, ...]]:
    """Return the hours of one day, and what is wrong with its rows. Hours that only touch are not in each other's way.

    A row that ends at 0:00 ends with the day.
    """
    spans: dict[int, Span] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows):
        if row.is_empty:
            continue
        read = _read(row)
        if isinstance(read, str):
            faults.append(Fault(read, number))
        else:
            spans[number] = read
    faults += _overlaps(spans)
    return tuple(sorted(spans.values())), tuple(faults)


def rows_of(spans: Iterable[Span]) -> tuple[Row, ...]:
    """Return hours of a day as rows."""
    return tuple(Row(clock_of(start), clock_of(end)) for start, end in sorted(spans))


def by_day(hours: Iterable[tuple[int, int, int]]) -> Mapping[int, tuple[Span, ...]]:
    """Return hours (weekday, from, up to) by weekday, every weekday there."""
    days: dict[int, list[Span]] = {day: [] for day in range(7)}
    for day, start, end in hours:
        days[day].append((start, end))
    return {day: tuple(sorted(spans)) for day, spans in days.items()}


def _read(row: Row) -> Span | str:
    if not (row.start and row.end):
        return "half"
    start, end = minute_of(row.start), minute_of(row.end)
    if start is None or end is None:
        return "unreadable"
    end = end or MINUTES_A_DAY
    if start == end:
        return "backwards"
    return (start, end) if start < end else "midnight"


def _overlaps(spans: Mapping[int, Span]) -> Iterable[Fault]:
    in_order = sorted(spans, key=lambda number: spans[number])
    for first, second in pairwise(in_order):
        if spans[second][0] < spans[first][1]:
            yield Fault("overlap", max(first, second), min(first, second))
