"""A whole calendar: every event that can be understood, and a note of each that can't."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import timedelta

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.calendars.reading.events import Said, busy_times, event
from nearer.scheduling.calendars.reading.lines import Component, components
from nearer.scheduling.calendars.reading.moments import Reader
from nearer.scheduling.calendars.reading.series import Busy, occurrences
from nearer.scheduling.calendars.reading.wrong import NotUnderstood
from nearer.scheduling.calendars.reading.zones import Named, Zones
from nearer.scheduling.rules.busy import Reading, Trouble
from nearer.scheduling.rules.diary import Span, merged_spans
from nearer.scheduling.rules.zones import ceil_minute, floor_minute

#: Kinds of trouble that are told one by one; the rest is counted under the last.
MOST_TROUBLES = 20
_MOST_SAID = 80
_MARGIN = timedelta(days=400)
#: What Nearer itself wrote into a calendar (see appointment_file): a diary knows its own appointments.
_OURS_BEGINS, _OURS_ENDS = "appointment-", "@nearer"

#: Stands around the counting of one series, to end one that takes too long by raising NotUnderstood.
Patience = Callable[[], AbstractContextManager[object]]


def read(data: bytes, *, window: TimeRange, time_zone: str, patience: Patience = nullcontext) -> Reading:
    """Return when the owner of a calendar file is busy in the window, and which events were left out and why.

    Times without a zone and all-day events are read in `time_zone` (IANA), the owner's. Events that are cancelled,
    free (transparent), or Nearer's own take no time.

    :raises NoCalendar: the file as a whole can't be read.
    """
    found = components(data)
    until = (window.end + _MARGIN).replace(tzinfo=None)
    zones = Zones((each for each in found if each.kind == "VTIMEZONE"), until=until)
    reader = Reader(zones, Named(time_zone))
    noted = _Notes()
    spans = [span for busy in _all_busy(found, reader, window, patience, noted) if (span := _clipped(busy, window))]
    events = sum(each.kind in {"VEVENT", "VFREEBUSY"} for each in found)
    return Reading(tuple(merged_spans(spans)), noted.troubles(), events)


class _Notes:
    """Troubles by kind and by what the calendar wrote there."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Trouble] = {}

    def note(self, error: NotUnderstood, first: str) -> None:
        said = "".join(each for each in error.said if each.isprintable())[:_MOST_SAID]
        key = error.why, said
        if key not in self._found and len(self._found) >= MOST_TROUBLES:
            key = "others", ""
        held = self._found.get(key)
        self._found[key] = replace(held, count=held.count + 1) if held else Trouble(*key, first)

    def troubles(self) -> tuple[Trouble, ...]:
        return tuple(self._found.values())


def _all_busy(
    found: Iterable[Component], reader: Reader, window: TimeRange, patience: Patience, noted: _Notes
) -> Iterator[Busy]:
    series: dict[str, list[tuple[Said, Component]]] = {}
    for component in found:
        try:
            if component.kind == "VFREEBUSY":
                yield from [(start.instant, length.end(start)) for start, length in busy_times(component, reader)]
            elif component.kind == "VEVENT" and not _is_ours((said := event(component, reader)).uid):
                series.setdefault(said.uid or f"\0{len(series)}", []).append((said, component))
        except NotUnderstood as error:
            noted.note(error, _first(component))
    for members in series.values():
        for one in _apart(members):
            try:
                with patience():
                    busy = _one(one, window)
            except NotUnderstood as error:
                noted.note(error, _first(members[0][1]))
            else:
                yield from busy


def _apart(members: Sequence[tuple[Said, Component]]) -> Iterator[list[Said]]:
    """Return the series of one UID: its newest wording with what was changed of it; two of that age count both."""
    changed = [said for said, _ in members if said.changes is not None]
    cores = [said for said, _ in members if said.changes is None]
    newest = max((said.sequence for said in cores), default=0)
    newest_cores = [said for said in cores if said.sequence == newest]
    if not newest_cores:
        yield changed
    for core in newest_cores:
        yield [core, *changed]


def _one(series: Sequence[Said], window: TimeRange) -> list[Busy]:
    if len(series) == 1 and not series[0].repeats:
        said = series[0]
        return [(said.start.instant, said.length.end(said.start))] if said.is_busy else []
    return list(occurrences(series, window))


def _is_ours(uid: str) -> bool:
    number = uid.removeprefix(_OURS_BEGINS).removesuffix(_OURS_ENDS)
    return uid == f"{_OURS_BEGINS}{number}{_OURS_ENDS}" and number.isdecimal()


def _clipped(busy: Busy, window: TimeRange) -> Span | None:
    """Return busy time in whole minutes, a part of one counting whole, as far as it lies in the window."""
    start, end = max(busy[0], window.start), min(busy[1], window.end)
    return (floor_minute(start), ceil_minute(end)) if start < end else None


def _first(component: Component) -> str:
    """Return when an event begins as the calendar writes it: `2027-03-14 09:30`, or nothing where it does not."""
    for line in component.lines:
        text = line.rpartition(":")[2].strip()
        if line[:7].upper() == "DTSTART" and text[:8].isdecimal():
            day = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
            return f"{day} {text[9:11]}:{text[11:13]}" if text[9:13].isdecimal() else day
    return ""
