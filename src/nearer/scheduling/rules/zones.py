"""Local wall time to instants and back, one calendar day at a time, in whole minutes since 1970 UTC.

Whole minutes, because sessions start on them and ten thousand diaries are read at once. No offset is
ever used beyond the day it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MINUTE = timedelta(minutes=1)
MINUTES_A_DAY = 24 * 60
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL = EPOCH.toordinal()
_CACHED_DAYS = 1 << 16

zone_named = lru_cache(maxsize=1024)(ZoneInfo)


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Say whether there is a time zone of this name."""
    try:
        zone_named(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a name that is a folder
        return False
    return True


def floor_minute(moment: datetime) -> int:
    """Return the minute that an instant lies in."""
    return (moment - EPOCH) // MINUTE


def ceil_minute(moment: datetime) -> int:
    """Return the first minute that starts at an instant or after it."""
    return -((EPOCH - moment) // MINUTE)


def instant(minute: int) -> datetime:
    """Return the start of a minute as an aware UTC time."""
    return EPOCH + minute * MINUTE


def day_number(day: date) -> int:
    """Return the days from 1970-01-01 to a date: the number by which these rules know it."""
    return day.toordinal() - EPOCH_ORDINAL


def local_day(minute: int, zone: str) -> int:
    """Return the number of the calendar day that a minute falls on in a zone."""
    _, offset = _offset_until(minute, zone)
    return (minute + offset) // MINUTES_A_DAY


def utc_minute(day: int, local_minute: int, zone: str) -> int:
    """Return the instant at which a local clock shows `local_minute` (0 to 1440) of a day.

    Follows RFC 5545, 3.3.5: a time that the clocks skip is read with the offset before the gap, a
    time that they show twice is its first occurrence.
    """
    offset = _steady_offset(day, zone)
    if offset is None:
        offset = _offset_of_wall(day, local_minute, zone)
    return day * MINUTES_A_DAY + local_minute - offset


def steady_pieces(start: int, end: int, zone: str) -> Iterator[tuple[int, int, int]]:
    """Cut the minutes from `start` up to `end` into pieces of one UTC offset: (start, end, offset in minutes)."""
    while start < end:
        piece_end, offset = _offset_until(start, zone)
        yield start, min(end, piece_end), offset
        start = piece_end


@lru_cache(maxsize=_CACHED_DAYS)
def _steady_offset(day: int, zone: str) -> int | None:
    """Return the UTC offset of a local day in minutes, or None where the clocks change on it."""
    first, last = _offset_of_wall(day, 0, zone), _offset_of_wall(day, MINUTES_A_DAY, zone)
    return first if first == last else None


def _offset_of_wall(day: int, local_minute: int, zone: str) -> int:
    wall = datetime.fromordinal(day + EPOCH_ORDINAL) + local_minute * MINUTE
    return _minutes(wall.replace(tzinfo=zone_named(zone)).utcoffset())


def _offset_until(minute: int, zone: str) -> tuple[int, int]:
    """Return the end of the steady piece that a minute lies in (at most its UTC day), and its offset."""
    for end, offset in _offsets_of_utc_day(minute // MINUTES_A_DAY, zone):
        if minute < end:
            return end, offset
    raise AssertionError("a UTC day ends after each of its minutes")


@lru_cache(maxsize=_CACHED_DAYS)
def _offsets_of_utc_day(day: int, zone: str) -> tuple[tuple[int, int], ...]:
    """Return the pieces of a UTC day as (end minute, offset); two where the clocks change on it."""
    start, end = day * MINUTES_A_DAY, (day + 1) * MINUTES_A_DAY
    first, last = _offset_at(start, zone), _offset_at(end - 1, zone)
    if first == last:
        return ((end, first),)
    low, high = start, end - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset_at(middle, zone) == first else (low, middle)
    return ((high, first), (end, last))


def _offset_at(minute: int, zone: str) -> int:
    return _minutes(instant(minute).astimezone(zone_named(zone)).utcoffset())


def _minutes(offset: timedelta | None) -> int:
    assert offset is not None
    return offset // MINUTE
