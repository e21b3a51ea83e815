"""From the bytes of a calendar to the few lines that say when somebody is busy: what, where and who are never read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from icalendar.parser import Contentline

from nearer.scheduling.calendars.reading.wrong import NoCalendar

#: Components within components; real calendars have three.
MOST_DEEP = 8
MOST_COMPONENTS = 100_000
LONGEST_LINE = 100_000

_KEPT = {
    "VCALENDAR": set[str](),
    "VEVENT": {
        *("UID", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"),
        *("TRANSP", "STATUS", "X-MICROSOFT-CDO-BUSYSTATUS"),
    },
    "VFREEBUSY": {"FREEBUSY"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"},
}
_INSIDE = {
    "VCALENDAR": "",
    "VEVENT": "VCALENDAR",
    "VFREEBUSY": "VCALENDAR",
    "VTIMEZONE": "VCALENDAR",
    "STANDARD": "VTIMEZONE",
    "DAYLIGHT": "VTIMEZONE",
}
_LINE_ENDS = re.compile(r"\r\n|\n|\r")
_NAME_ENDS = re.compile("[:;]")


@dataclass(slots=True)
class Component:
    """A component by its name, the lines of it that matter, and the components inside it."""

    kind: str
    lines: list[str] = field(default_factory=list)
    inner: list[Component] = field(default_factory=list)


def components(data: bytes) -> list[Component]:
    """Return the events, busy times and zones of a calendar file, or of several behind each other.

    :raises NoCalendar: it is none, was cut short, or is deeper or longer than calendars are.
    """
    whole = Component("")
    at: list[tuple[str, Component | None]] = [("", whole)]
    count = 0
    for line in _unfolded(data.decode("utf-8-sig", errors="replace")):
        name, value = _name(line), line.rpartition(":")[2].strip().upper()
        if name == "BEGIN":
            at.append((value, _opened(value, at[-1])))
            count += 1
            if len(at) > MOST_DEEP or count > MOST_COMPONENTS:
                raise NoCalendar("too_much")
        elif name == "END":
            if at.pop()[0] != value or not at:
                raise NoCalendar("damaged")
        elif (here := at[-1][1]) is not None and name in _KEPT.get(here.kind, ()):
            if len(line) > LONGEST_LINE:
                raise NoCalendar("too_much")
            here.lines.append(line)
    if len(at) > 1:
        raise NoCalendar("cut_short")
    if not whole.inner:
        raise NoCalendar("no_calendar")
    return [each for calendar in whole.inner for each in calendar.inner]


def parts(line: str) -> tuple[str, dict[str, str], str]:
    """Return the name of a line, its parameters and its value.

    :raises ValueError: it is no line of a calendar.
    """
    name, params, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
    return str(name).upper(), {str(key).upper(): str(params[key]) for key in params}, str(value)


def _opened(kind: str, within: tuple[str, Component | None]) -> Component | None:
    """Return the component that a BEGIN opens, or None where it is none that matters, or not in its place."""
    parent = within[1]
    if parent is None or kind not in _KEPT or _INSIDE[kind] != parent.kind:
        return None
    parent.inner.append(opened := Component(kind))
    return opened


def _unfolded(text: str) -> Iterator[str]:
    parts: list[str] = []
    for line in _LINE_ENDS.split(text):
        if line[:1] in {" ", "\t"}:
            parts.append(line[1:])
            continue
        if parts:
            yield "".join(parts)
        parts = [line]
    yield "".join(parts)


def _name(line: str) -> str:
    end = _NAME_ENDS.search(line)
    return line[: end.start()].strip().upper() if end else ""
