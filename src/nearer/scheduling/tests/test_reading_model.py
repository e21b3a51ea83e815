"""Any set of events, expanded over the nights on which clocks are set, against a model that looks at every minute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.rules.zones import MINUTE, floor_minute, instant
from nearer.scheduling.tests.builders import at
from nearer.scheduling.tests.ics import event, reading

#: Zones with nights of every kind: gaps and doubles at 2, at midnight, by half an hour, and none.
ZONES = ("America/New_York", "America/Phoenix", "Australia/Lord_Howe", "America/Havana", "Europe/London", "UTC")
#: Nine days around a night on which the clocks of one of them are set.
NIGHTS = ("2027-03-10", "2027-11-03", "2027-04-01", "2027-09-29", "2027-03-24", "2027-10-27")
DAYS = 9


@dataclass(frozen=True)
class Repeating:
    """An event every so many days, at a time on the clock of a zone."""

    zone: str
    first_day: int
    minute: int
    length: int
    every: int
    count: int
    left_out: frozenset[int]
    in_days: bool

    def starts(self) -> Iterator[int]:
        """Return the days on which it takes place, by number from the first of the window."""
        for n in range(self.count):
            if n not in self.left_out:
                yield self.first_day + n * self.every


events = st.builds(
    Repeating,
    zone=st.sampled_from(ZONES),
    first_day=st.integers(-3, DAYS),
    minute=st.integers(0, 95).map(lambda quarter: 15 * quarter),
    length=st.integers(0, 40).map(lambda tens: 10 * tens) | st.sampled_from([1440, 2000]),
    every=st.integers(1, 3),
    count=st.integers(1, 12),
    left_out=st.frozensets(st.integers(1, 6), max_size=3),
    in_days=st.booleans(),
)


def as_text(said: Repeating, day: datetime, uid: int) -> str:
    def wall(number: int) -> str:
        return f"{day + timedelta(days=number, minutes=said.minute):%Y%m%dT%H%M%S}"

    lines = [
        f"DTSTART;TZID={said.zone}:{wall(said.first_day)}",
        "DURATION:P1D" if said.in_days else f"DURATION:PT{said.length}M",
        f"RRULE:FREQ=DAILY;INTERVAL={said.every};COUNT={said.count}",
    ]
    gone = [wall(said.first_day + n * said.every) for n in said.left_out if n < said.count]
    return event(*lines, *([f"EXDATE;TZID={said.zone}:{','.join(gone)}"] if gone else []), uid=str(uid))


@cache
def shown(zone: str, day: str) -> dict[datetime, int]:
    """Return for each wall time the first minute at which a clock of the zone shows it, looking at every minute."""
    first = floor_minute(at(f"{day} 00:00")) - 6 * 1440
    found: dict[datetime, int] = {}
    for minute in range(first, first + (DAYS + 40) * 1440):
        found.setdefault(instant(minute).astimezone(ZoneInfo(zone)).replace(tzinfo=None), minute)
    return found


def minute_of(wall: datetime, zone: str, day: str) -> int:
    """Return when a clock shows a wall time; one that it skips, as if it had not been set."""
    seen = shown(zone, day)
    skipped = 0
    while wall not in seen:
        wall -= MINUTE
        skipped += 1
    return seen[wall] + skipped


def model(said: Repeating, day: str) -> Iterator[int]:
    midnight = datetime.fromisoformat(day)
    for number in said.starts():
        wall = midnight + timedelta(days=number, minutes=said.minute)
        start = minute_of(wall, said.zone, day)
        end = minute_of(wall + timedelta(days=1), said.zone, day) if said.in_days else start + said.length
        yield from range(start, end)


@settings(deadline=None)
@given(st.lists(events, min_size=1, max_size=4), st.sampled_from(NIGHTS), st.sampled_from(ZONES))
def test_any_events_take_the_minutes_that_the_clocks_on_the_wall_say(
    said: list[Repeating], day: str, time_zone: str
) -> None:
    window = TimeRange.lasting(at(f"{day} 00:00"), timedelta(days=DAYS))
    texts = [as_text(each, datetime.fromisoformat(day), uid) for uid, each in enumerate(said)]
    found = reading(*texts, window=window, time_zone=time_zone)
    taken = {minute for start, end in found.busy for minute in range(start, end)}
    inside = set(range(floor_minute(window.start), floor_minute(window.end)))
    assert found.troubles == ()
    assert taken == {minute for each in said for minute in model(each, day)} & inside
    assert all(one[1] < other[0] for one, other in zip(found.busy, found.busy[1:], strict=False))
