"""When a repeating event takes place. The rules are counted on the wall of its zone; ends are computed here.

`recurring_ical_events` counts the rules, dates, exceptions and changed occurrences, and is given wall times alone:
so it can neither guess a zone nor get the ends wrong where clocks are set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import recurring_ical_events
from icalendar import Calendar, Event, vDDDLists, vDDDTypes, vRecur
from icalendar.prop import vInt

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.calendars.reading.events import Said
from nearer.scheduling.calendars.reading.moments import Moment
from nearer.scheduling.calendars.reading.wrong import NotUnderstood
from nearer.scheduling.calendars.reading.zones import UTC_ZONE, Zone

#: Occurrences of one event in the window; a person's busiest has a few hundred.
MOST_OCCURRENCES = 3000
#: Wall times and instants are less than a day apart, and a length on the wall less than a day from the exact one.
_MARGIN = timedelta(days=2)
_PLACE = "X-PLACE"

Busy = tuple[datetime, datetime]


def occurrences(series: Sequence[Said], window: TimeRange) -> Iterator[Busy]:
    """Return the busy times (instants) of the events of one UID that may meet the window.

    :raises NotUnderstood: the rule is none, or yields more than anybody could attend.
    """
    core = next((said for said in series if said.changes is None), series[0])
    zone = core.start.zone
    for said in series:
        if said.is_busy:
            yield from ((start.instant, length.end(start)) for start, length in said.spans)
    first, last = (zone.wall(each) for each in (window.start, window.end))
    for count, (place, wall) in enumerate(_counted(series, core, zone, first - _MARGIN, last + _MARGIN)):
        if count >= MOST_OCCURRENCES:
            raise NotUnderstood("too_many")
        if series[place].is_busy:
            yield _busy(series[place], wall, zone)


def _busy(said: Said, wall: datetime, zone: Zone) -> Busy:
    alone = not said.repeats or (said.changes is not None and not said.and_future)
    start = said.start if alone else Moment(wall, zone)
    return start.instant, said.length.end(start)


def _counted(
    series: Sequence[Said], core: Said, zone: Zone, first: datetime, last: datetime
) -> Iterator[tuple[int, datetime]]:
    """Return which event of the series each occurrence is worded by, and its start on the wall."""
    calendar = Calendar()
    for place, said in enumerate(series):
        calendar.add_component(_on_the_wall(said, place, core, zone))
    try:
        query = recurring_ical_events.of(calendar)
        for each in query.between(first, last):
            yield int(each[_PLACE]), each["DTSTART"].dt
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError):
        raise NotUnderstood("rule") from None


def _on_the_wall(said: Said, place: int, core: Said, zone: Zone) -> Event:
    """Return an event in wall times of the series' zone, without zone and without words."""
    start = said.start.wall_in(zone)
    made = Event()
    made["UID"] = "series"
    made["SEQUENCE"] = vInt(said.sequence)
    made[_PLACE] = vInt(place)
    made["DTSTART"] = vDDDTypes(start)
    made["DTEND"] = vDDDTypes(start + said.length.on_the_wall)
    if said.changes is not None:
        changed = vDDDTypes(_matching(said.changes, core, zone))
        if said.and_future:
            changed.params["RANGE"] = "THISANDFUTURE"
        made["RECURRENCE-ID"] = changed
        return made
    if said.rules:
        made["RRULE"] = [_rule(text, said, zone) for text in said.rules]
    for name, moments in (("RDATE", said.further), ("EXDATE", said.left_out)):
        if moments:
            made[name] = vDDDLists([_matching(moment, core, zone) for moment in moments])
    return made


def _matching(moment: Moment, core: Said, zone: Zone) -> datetime:
    """Return the start of the occurrence that a moment means; a date means the one of that day."""
    if moment.is_date and not core.start.is_date:
        return datetime.combine(moment.wall, core.start.wall.time())
    wall = moment.wall_in(zone)
    return datetime.combine(wall, datetime.min.time()) if core.start.is_date else wall


def _rule(text: str, said: Said, zone: Zone) -> vRecur:
    """Return a rule whose UNTIL is a wall time; one that names a day means all of it."""
    parts = [part for part in "".join(text.split()).split(";") if part]
    try:
        rule: vRecur = vRecur.from_ical(";".join(_with_wall(part, said, zone) for part in parts))
    except (ValueError, LookupError, TypeError, AttributeError):
        raise NotUnderstood("rule") from None
    return rule


def _with_wall(part: str, said: Said, zone: Zone) -> str:
    name, _, value = part.partition("=")
    if name.strip().upper() != "UNTIL":
        return part
    day, time = value[:8], value[9:15]
    if said.start.is_date or not time:
        return f"UNTIL={day}T235959"
    wall = datetime.strptime(day + time, "%Y%m%d%H%M%S")  # noqa: DTZ007 - a wall time
    if value[-1:] in {"Z", "z"}:
        wall = Moment(wall, UTC_ZONE).wall_in(zone)
    return f"UNTIL={wall:%Y%m%dT%H%M%S}"
