"""Two people and one time: where they stand and whose turn it is, what was said alone, and what suits both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from nearer.foundation.timerange import TimeRange

OPEN = "open"  # the first partner is still getting ready; the other was not asked yet
WAITING = "waiting"  # a time is kept until one of them answers
READY = "ready"  # both agreed: it is confirmed
ENDED = "ended"  # declined, left, run out or called off; which one, nobody is told
STATUSES = (OPEN, WAITING, READY, ENDED)

NOBODY, FIRST, SECOND = 0, 1, 2
PLACES = (FIRST, SECOND)

#: What each does, and from which status to which it leads.
STEPS: Mapping[str, Mapping[str, str]] = {
    "ask": {OPEN: WAITING, WAITING: WAITING},
    "propose": {WAITING: WAITING},
    "accept": {WAITING: READY},
    "leave": {OPEN: ENDED, WAITING: ENDED, READY: ENDED},
    "run out": {WAITING: ENDED},
}

NO, YES, UNSURE, NOT_SAID = "no", "yes", "unsure", "not said"
SAID = (NO, YES, UNSURE, NOT_SAID)
#: What was said alone is padded to so many characters before it is sealed: a longer box would tell a longer answer.
ASIDE_LENGTH = 64


def other(place: int) -> int:
    """Return the place of the other one."""
    return SECOND if place == FIRST else FIRST


def after(step: str, status: str) -> str | None:
    """Return where a step leads from a status; None where it can't be taken."""
    return STEPS[step].get(status)


def keeps_until(now: datetime, wait: timedelta, start: datetime) -> datetime:
    """Return until when a time waits for the other person: never beyond its own start."""
    return min(now + wait, start)


def screen(status: str, *, is_turn: bool, has_spoken: bool, is_over: bool) -> str:
    """Return what one of two is shown: the same whatever they said alone, as long as they said something."""
    if status == READY:
        return "ready"
    if status == ENDED or is_over:
        return "ended"
    if not has_spoken:
        return "alone"
    if status == OPEN:
        return "ask"
    return "decide" if is_turn else "waiting"


def may_propose(place: int, turn: int) -> bool:
    """Say whether someone may ask for another time. The first one has to wait until the other said something:

    that it can be done, or can't be done yet, would tell how far the other one is.
    """
    return place == SECOND or turn == FIRST


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to the one question, and whether the therapist may read it."""

    answer: str
    may_read: bool

    def kept(self) -> str:
        """Return it as text that is equally long whatever was said."""
        return json.dumps([self.answer, int(self.may_read)]).ljust(ASIDE_LENGTH)


def from_kept(text: str) -> Said:
    """Return what was said from the text that was kept."""
    answer, may_read = json.loads(text)
    return Said(answer, bool(may_read))


def alone(session: TimeRange, place: int, length: timedelta) -> TimeRange:
    """Return the part of a session that is for one of two alone: one after the other, the first partner first."""
    return TimeRange.lasting(session.start + (place - 1) * length, length)


def together(session: TimeRange, length: timedelta) -> TimeRange:
    """Return the part of a session that is for both."""
    return TimeRange(session.start + 2 * length, session.end)


def local_day(moment: datetime, zone: str) -> TimeRange:
    """Return the calendar day of a moment in a zone, midnight to midnight."""
    return day_range(day_of(moment, zone), zone)


def day_of(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def day_range(day: date, zone: str) -> TimeRange:
    """Return a calendar day of a zone, midnight to midnight: 23, 24 or 25 hours."""
    here = ZoneInfo(zone)
    return TimeRange(datetime.combine(day, time(), here), datetime.combine(day + timedelta(days=1), time(), here))
