"""A half-open stretch of time, and the few things one does with several of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class TimeRange:
    """The instants from `start` up to, but not including, `end`; both aware, kept in UTC.

    :raises ValueError: a bound has no time zone, or the range holds no instant.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        # Thousands of openings are made for an answer, nearly all of them in UTC already.
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            if self.start.tzinfo is None or self.end.tzinfo is None:
                raise ValueError("a time range needs bounds with a time zone")
            object.__setattr__(self, "start", self.start.astimezone(UTC))
            object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.start >= self.end:
            raise ValueError("a time range must end after it starts")

    @classmethod
    def lasting(cls, start: datetime, length: timedelta) -> TimeRange:
        """Return the range of exactly `length` from `start`, whatever the clocks do meanwhile."""
        utc = start if start.tzinfo is UTC else start.astimezone(UTC)
        return cls(utc, utc + length)

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: TimeRange) -> bool:
        """Say whether the two share an instant; one that ends as the other starts does not."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: TimeRange) -> bool:
        return self.start <= other.start and other.end <= self.end

    def widened(self, *, before: timedelta, after: timedelta) -> TimeRange:
        return TimeRange(self.start - before, self.end + after)

    def __and__(self, other: TimeRange) -> TimeRange | None:
        start, end = max(self.start, other.start), min(self.end, other.end)
        return TimeRange(start, end) if start < end else None


def merged(ranges: Iterable[TimeRange]) -> list[TimeRange]:
    """Return the same instants as the fewest ranges, in order; ranges that touch become one."""
    whole: list[TimeRange] = []
    for item in sorted(ranges):
        if whole and item.start <= whole[-1].end:
            if item.end > whole[-1].end:
                whole[-1] = TimeRange(whole[-1].start, item.end)
        else:
            whole.append(item)
    return whole


def without(ranges: Iterable[TimeRange], busy: Iterable[TimeRange]) -> list[TimeRange]:
    """Return what is left of `ranges` once `busy` is taken away, in order."""
    blocks = merged(busy)
    return [piece for item in merged(ranges) for piece in _pieces(item, blocks)]


def _pieces(item: TimeRange, blocks: list[TimeRange]) -> Iterator[TimeRange]:
    start = item.start
    for block in blocks:
        if block.end <= start or block.start >= item.end:
            continue
        if block.start > start:
            yield TimeRange(start, block.start)
        start = block.end
    if start < item.end:
        yield TimeRange(start, item.end)
