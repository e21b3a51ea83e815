"""Dates, times and lengths as RFC 5545 writes them (3.3.4 to 3.3.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from nearer.scheduling.calendars.reading.wrong import NotUnderstood
from nearer.scheduling.calendars.reading.zones import UTC_ZONE, Zone, Zones

_MOMENT = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.IGNORECASE)
_LENGTH = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall time (of a date: its midnight) and the zone in which it is read."""

    wall: datetime
    zone: Zone
    is_date: bool = False

    @property
    def instant(self) -> datetime:
        return self.zone.instant(self.wall)

    def wall_in(self, zone: Zone) -> datetime:
        """Return what clocks of another zone show then; a date is the same date everywhere."""
        return self.wall if self.is_date or zone == self.zone else zone.wall(self.instant)


@dataclass(frozen=True, slots=True)
class Length:
    """How long something lasts: calendar days, which the clocks stretch and shorten, and then exact time."""

    days: int
    exact: timedelta

    def end(self, start: Moment) -> datetime:
        """Return the instant at which what begins at `start` ends."""
        return self.end_of(start.wall, start.instant, start.zone)

    def end_of(self, wall: datetime, instant: datetime, zone: Zone) -> datetime:
        if self.days:
            instant = zone.instant(wall + timedelta(days=self.days))
        return instant + self.exact

    @property
    def on_the_wall(self) -> timedelta:
        """How long it lasts where no clock is set meanwhile."""
        return timedelta(days=self.days) + self.exact


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads moments: `floating` is the zone of those that name none."""

    zones: Zones
    floating: Zone

    def moment(self, text: str, tzid: str | None) -> Moment:
        """Return the moment that a value and its TZID say.

        :raises NotUnderstood: it is none, or its zone is unknown.
        """
        found = _MOMENT.fullmatch(text.strip())
        if found is None:
            raise NotUnderstood("unreadable")
        day, time, is_utc = found.groups()
        wall = _wall(day, time or "000000")
        if time is None:
            return Moment(wall, self.floating, is_date=True)
        if is_utc:
            return Moment(wall, UTC_ZONE)
        return Moment(wall, self.floating if tzid is None else self.zones.named(tzid))


def length(text: str) -> Length:
    """Return the length that a DURATION says; weeks and days are calendar days (RFC 5545, 3.8.5.3).

    :raises NotUnderstood: it is none, or negative.
    """
    found = _LENGTH.fullmatch(text.strip())
    if found is None or not any(found.groups()[1:]):
        raise NotUnderstood("unreadable")
    sign, *parts = found.groups()
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in parts)
    if sign == "-" and any((weeks, days, hours, minutes, seconds)):
        raise NotUnderstood("ends_first")
    return Length(7 * weeks + days, timedelta(hours=hours, minutes=minutes, seconds=seconds))


def between(start: Moment, end: Moment) -> Length:
    """Return the exact time from a start to an end; between dates, the days.

    :raises NotUnderstood: it ends first, or one is a date and the other a time.
    """
    if start.is_date != end.is_date:
        raise NotUnderstood("unreadable")
    if start.is_date:
        found = Length((end.wall - start.wall).days, timedelta(0))
    else:
        found = Length(0, end.instant - start.instant)
    if found.on_the_wall < timedelta(0):
        raise NotUnderstood("ends_first")
    return found


def _wall(day: str, time: str) -> datetime:
    """Return a wall time; the leap second that 60 stands for is the one before."""
    time = time[:4] + "59" if time.endswith("60") else time
    try:
        wall = datetime.strptime(day + time, "%Y%m%d%H%M%S")  # noqa: DTZ007 - a wall time
    except ValueError:
        raise NotUnderstood("unreadable") from None
    # So that a day more or less, in any zone, is still a time that Python can tell.
    if not FIRST <= wall <= LAST:
        raise NotUnderstood("unreadable")
    return wall


FIRST, LAST = datetime(1600, 1, 1), datetime(9000, 1, 1)  # noqa: DTZ001 - wall times
