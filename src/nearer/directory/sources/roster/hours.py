"""Weekly hours as people write them: "Mon-Thu 9:00-17:00; Sat 9am-1pm, 2pm-4pm"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from nearer.directory.records import HoursRecord
from nearer.directory.sources.faults import RowRefused
from nearer.directory.sources.roster.cells import parts

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOON, MIDNIGHT = 12, 24
_PART = re.compile(r"(?P<days>[^\d]+?)\s+(?P<times>\d.*)")
_TIMES = re.compile(r"(?P<start>[^-–]+?)\s*(?:-|–|to)\s*(?P<end>[^-–]+)")
_TIME = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?", re.IGNORECASE)


def hours(cell: str) -> tuple[HoursRecord, ...]:
    """Return weekly hours in the order of the week.

    :raises RowRefused: a part can't be understood, ends before it starts, or meets another.
    """
    found = sorted(
        (HoursRecord(weekday, start, end) for part in parts(cell) for weekday, start, end in _part(part)),
        key=lambda each: (each.weekday, each.start_minute),
    )
    for one, other in pairwise(found):
        if one.weekday == other.weekday and other.start_minute < one.end_minute:
            raise RowRefused(_("The hours on {day} overlap.").format(day=DAYS[one.weekday].capitalize()))
    return tuple(found)


def _part(part: str) -> Iterator[tuple[int, int, int]]:
    told = _PART.fullmatch(part)
    if told is None:
        raise RowRefused(_("“{part}” in hours is not like Mon 9:00-17:00.").format(part=part[:40]))
    times = [_times(each.strip()) for each in told["times"].split(",")]
    for weekday in _weekdays(told["days"]):
        for start, end in times:
            yield weekday, start, end


def _weekdays(text: str) -> Sequence[int]:
    """Return the weekdays (Monday is 0) of "Mon-Wed", "Mon, Wed" or "Saturday"."""
    found: list[int] = []
    for each in re.split(r"[,&]|\band\b", text):
        ends = [_weekday(day) for day in re.split(r"-|–|\bto\b", each) if day.strip()]
        if not ends or ends[-1] < ends[0]:
            raise RowRefused(_("“{days}” in hours are not days of one week.").format(days=text.strip()[:40]))
        found.extend(range(ends[0], ends[-1] + 1))
    return found


def _weekday(text: str) -> int:
    folded = text.strip().rstrip(".").casefold()
    found = [place for place, day in enumerate(DAYS) if len(folded) > 1 and day.startswith(folded)]
    if len(found) != 1:
        raise RowRefused(_("“{day}” in hours is not a day of the week.").format(day=text.strip()[:20]))
    return found[0]


def _times(text: str) -> tuple[int, int]:
    told = _TIMES.fullmatch(text)
    if told is None:
        raise RowRefused(_("“{times}” in hours is not like 9:00-17:00.").format(times=text[:40]))
    start, end = _minutes(told["start"]), _minutes(told["end"])
    if end <= start:
        sentence = _("The hours {times} end before they start. Write 9am-5pm or 9:00-17:00.")
        raise RowRefused(sentence.format(times=text[:40]))
    return start, end


def _minutes(text: str) -> int:
    told = _TIME.fullmatch(text.strip())
    hour, minute = (int(told["hour"]), int(told["minute"] or 0)) if told else (MIDNIGHT, 1)
    if told and told["half"]:
        hour = hour % NOON + (NOON if told["half"][0] in "pP" else 0) if 1 <= hour <= NOON else MIDNIGHT + 1
    if minute > 59 or hour * 60 + minute > MIDNIGHT * 60:  # noqa: PLR2004 (minutes of an hour)
        raise RowRefused(_("“{time}” in hours is not a time of day.").format(time=text.strip()[:20]))
    return hour * 60 + minute
