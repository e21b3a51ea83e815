"""The wanted hours: which UTC hours of a pool fall into the parts of the week that suit the client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from nearer.matching.engine.bitmaps import WORDS, Words, packed
from nearer.matching.engine.request import Part, Request

HOUR = timedelta(hours=1)
NO_DAY = 255

_HOURS: dict[Part, range] = {
    "weekday_morning": range(6, 12),
    "weekday_afternoon": range(12, 17),
    "weekday_evening": range(17, 22),
}
_SATURDAY = 5


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """The wanted hours as bits from the pool's anchor, and each hour's day counted from the client's today.

    `days` holds NO_DAY for an hour that is not wanted. `key` says the same in a few bytes: equal keys, equal hours.
    """

    words: Words
    days: NDArray[np.uint8]
    key: bytes

    def on_day(self, day: int) -> Words:
        """Return the wanted hours of one day as bits."""
        return packed(self.days == day)


def wanted(request: Request, anchor: datetime, at: datetime) -> Wanted:
    """Return the hours from `anchor` that `request`, asked at `at`, may be given.

    They run from the client's local midnight `lead_days` after today to the end of the day `horizon_days` after
    today, day by calendar day in the client's zone, and never before `at`'s own hour. An hour that a zone's
    half-hour offset cuts in two is wanted if either end of it is.

    :raises ZoneInfoNotFoundError: the zone is unknown.
    :raises ValueError: `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("the time of asking needs a time zone")
    zone = ZoneInfo(request.zone)
    today = at.astimezone(zone).date()
    elapsed = (at - anchor) // HOUR if request.lead_days == 0 else 0
    own = _wanted(zone, request.times, today, request.lead_days, request.horizon_days, anchor, elapsed)
    if not (request.partner_times or request.apart):
        return own
    return _narrowed(own.key, ZoneInfo(request.partner_zone), request.partner_times, request.apart, anchor)


@lru_cache(maxsize=512)
def _wanted(  # noqa: PLR0913, PLR0917 -- all that the hours depend on, and nothing else
    zone: ZoneInfo, times: frozenset[Part], today: date, lead: int, horizon: int, anchor: datetime, elapsed: int
) -> Wanted:
    days = np.full(WORDS * 64, NO_DAY, np.uint8)
    for day in range(lead, horizon + 1):
        for start in _hours_of(today + timedelta(days=day), zone):
            hour = (start - anchor) // HOUR
            if max(elapsed, 0) <= hour < len(days) and days[hour] == NO_DAY and _suits(start, zone, times):
                days[hour] = day
    days.setflags(write=False)
    return Wanted(packed(days != NO_DAY), days, days.tobytes())


@lru_cache(maxsize=64)
def _narrowed(
    key: bytes, zone: ZoneInfo, times: frozenset[Part], apart: tuple[tuple[datetime, datetime], ...], anchor: datetime
) -> Wanted:
    """Return of the wanted hours those that suit a second person too, and in which none of `apart` lies."""
    days = np.frombuffer(key, np.uint8).copy()
    for hour in np.flatnonzero(days != NO_DAY).tolist():
        start = anchor + hour * HOUR
        if not _suits(start, zone, times) or any(begin < start + HOUR and start < end for begin, end in apart):
            days[hour] = NO_DAY
    days.setflags(write=False)
    return Wanted(packed(days != NO_DAY), days, days.tobytes())


def _hours_of(day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the UTC hours that touch one calendar day: 23, 24 or 25 of them, and one more in half-hour zones."""
    midnight = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    start = midnight.replace(minute=0)
    while start < end:
        yield start
        start += HOUR


def _suits(start: datetime, zone: ZoneInfo, times: frozenset[Part]) -> bool:
    ends = (start.astimezone(zone), (start + timedelta(minutes=59)).astimezone(zone))
    return not times or any(_within(local, times) for local in ends)


def _within(local: datetime, times: frozenset[Part]) -> bool:
    if local.weekday() >= _SATURDAY:
        return "weekend" in times
    return any(part in times and local.hour in hours for part, hours in _HOURS.items())
