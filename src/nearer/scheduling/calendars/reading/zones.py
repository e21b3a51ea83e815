"""Time zones as calendars name them: IANA's names, Windows' names, and definitions of their own. Never a guess."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import rrulestr
from icalendar import vUTCOffset
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from nearer.scheduling.calendars.reading.lines import Component, parts
from nearer.scheduling.calendars.reading.wrong import NotUnderstood

#: Transitions that a definition may have: two a year since 1601, where Outlook begins.
MOST_TRANSITIONS = 2000
_LONGEST_OFFSET = timedelta(hours=24)


class Zone(Protocol):
    """Local wall time to instants and back (RFC 5545, 3.3.5).

    A time that the clocks skip is read with the offset before the gap, one that they show twice is its first.
    """

    def instant(self, wall: datetime) -> datetime: ...
    def wall(self, instant: datetime) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Named:
    """A zone of IANA's."""

    name: str

    def instant(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=_zone(self.name), fold=0).astimezone(UTC)

    def wall(self, instant: datetime) -> datetime:
        return instant.astimezone(_zone(self.name)).replace(tzinfo=None, fold=0)


@dataclass(frozen=True, slots=True)
class Defined:
    """A zone that the calendar defines: from each of `begins` (instants, without zone) on, the offset beside it.

    `shown` says from which wall time on an offset is used to read walls; the first offset is older than all.
    """

    begins: tuple[datetime, ...]
    shown: tuple[datetime, ...]
    offsets: tuple[timedelta, ...]

    def instant(self, wall: datetime) -> datetime:
        return (wall - self.offsets[bisect_right(self.shown, wall)]).replace(tzinfo=UTC)

    def wall(self, instant: datetime) -> datetime:
        plain = instant.astimezone(UTC).replace(tzinfo=None)
        return plain + self.offsets[bisect_right(self.begins, plain)]


UTC_ZONE = Named("UTC")


class Zones:
    """The zones that one calendar file may name."""

    def __init__(self, definitions: Iterable[Component], *, until: datetime) -> None:
        self._definitions = {_tzid(each): each for each in definitions}
        self._until, self._known = until, dict[str, Zone]()

    def named(self, tzid: str) -> Zone:
        """Return the zone of a name: IANA's or Windows' where it is one, else as the calendar defines it.

        :raises NotUnderstood: it is neither, or its definition is none.
        """
        if tzid not in self._known:
            self._known[tzid] = self._found(tzid)
        return self._known[tzid]

    def _found(self, tzid: str) -> Zone:
        if (name := iana_name(tzid)) is not None:
            return Named(name)
        if tzid not in self._definitions:
            raise NotUnderstood("zone", tzid)
        try:
            return defined(self._definitions[tzid], until=self._until)
        except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError):
            raise NotUnderstood("zone", tzid) from None


def iana_name(tzid: str) -> str | None:
    """Return IANA's name of a zone: its own, behind a maker's prefix (`/example.org/Europe/Berlin`), or Windows'."""
    known = _known_names()
    plain = tzid.strip()
    if plain.startswith("/"):
        steps = plain.split("/")
        tails = ["/".join(steps[start:]).casefold() for start in range(1, len(steps))]
        return next((known[tail] for tail in tails if "/" in tail and tail in known), None)
    return known.get(plain.casefold()) or WINDOWS_TO_OLSON.get(plain)


def defined(component: Component, *, until: datetime) -> Defined:
    """Return the zone that a VTIMEZONE defines, good until an instant (without zone).

    :raises ValueError: or another error of its kind, where it is no definition.
    """
    changes = sorted({change for part in component.inner for change in _changes(part, until)})
    if not changes or len(changes) > MOST_TRANSITIONS:
        raise ValueError("a zone has an offset, and not very many")
    begins = [wall - before for wall, before, _ in changes]
    shown = [wall + max(timedelta(0), after - before) for wall, before, after in changes]
    if begins != sorted(begins) or shown != sorted(shown):
        raise ValueError("offsets that overtake each other")
    return Defined(tuple(begins), tuple(shown), (changes[0][1], *(after for _, _, after in changes)))


def _changes(part: Component, until: datetime) -> list[tuple[datetime, timedelta, timedelta]]:
    """Return when a part of a definition sets the clocks: the wall time before, the offsets before and after."""
    said = _values(part)
    before, after = _offset(said["TZOFFSETFROM"][0]), _offset(said["TZOFFSETTO"][0])
    start = _wall(said["DTSTART"][0])
    walls = {_wall(each) for line in said.get("RDATE", ()) for each in line.split(",")}
    rules = said.get("RRULE", [])
    if not rules:  # with one, the start may be a place to count from and no more, as Outlook's New Year of 1601
        walls.add(start)
    for rule in rules:
        if "FREQ=YEARLY" not in rule.upper():
            raise ValueError("clocks are set by the year")
        for wall in rrulestr(_with_wall_until(rule, before), dtstart=start):
            if wall > until or len(walls) > MOST_TRANSITIONS:
                break
            walls.add(wall)
    return [(wall, before, after) for wall in walls]


def _with_wall_until(rule: str, offset: timedelta) -> str:
    """Return a rule whose UNTIL, which is in UTC, is written as the wall time that the rule counts in."""
    written = []
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name.upper() == "UNTIL":
            wall = _wall(value.rstrip("Zz")) + (offset if value[-1:] in {"Z", "z"} else timedelta(0))
            written.append(f"UNTIL={wall:%Y%m%dT%H%M%S}")
        else:
            written.append(part)
    return ";".join(written)


def _values(part: Component) -> Mapping[str, list[str]]:
    said: dict[str, list[str]] = {}
    for line in part.lines:
        name, _, value = parts(line)
        said.setdefault(name, []).append(value.strip())
    return said


def _offset(text: str) -> timedelta:
    offset = vUTCOffset.from_ical(text)  # type: ignore[no-untyped-call]
    if not isinstance(offset, timedelta) or abs(offset) >= _LONGEST_OFFSET:
        raise ValueError("no offset")
    return offset


def _wall(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d")  # noqa: DTZ007 - a wall time


def _tzid(component: Component) -> str:
    for line in component.lines:
        try:
            return parts(line)[2]
        except ValueError:
            continue
    return ""


@cache
def _known_names() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones()}


_zone = cache(ZoneInfo)
