"""The waiting list's arithmetic: who is next, when somebody may be woken, how long an offer stands. All plain."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

FIRST, SOONER = "first", "sooner"
KINDS = (FIRST, SOONER)
OPEN, TAKEN, PASSED, MISSED = "open", "taken", "passed", "missed"
OUTCOMES = (OPEN, TAKEN, PASSED, MISSED)

#: Offers are made at hours at which people look at their messages, by their own clock.
DAY_BEGINS, DAY_ENDS = 8, 20
#: Whoever lets so many offers pass in a row without a word has moved on.
MOST_MISSED = 3
#: An offer that could stand for less than this is not made: nobody should have to run.
SHORTEST = timedelta(minutes=30)
#: An offer ends at least so long before its session.
BEFORE_SESSION = timedelta(hours=2)
#: Whoever takes an opening has at least so long to say who they are.
TO_REGISTER = timedelta(minutes=30)

CODE_LASTS = timedelta(minutes=15)
CODE_ATTEMPTS = 5
CODES_AN_HOUR = 5
CODES_COUNT = timedelta(hours=1)
#: A place that nobody proved is forgotten after this.
UNPROVEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class InLine:
    """One place in the line. `turn_at` is since when they wait, or since when they last did not answer."""

    id: int
    turn_at: datetime


def in_order(line: Iterable[InLine]) -> list[InLine]:
    """Return the line as it is served: the longest waiting first."""
    return sorted(line, key=lambda each: (each.turn_at, each.id))


def may_be_woken(now: datetime, zone: str) -> bool:
    """Say whether it is an hour at which somebody there can be expected to read a message."""
    return DAY_BEGINS <= now.astimezone(ZoneInfo(zone)).hour < DAY_ENDS


def stands_until(session_start: datetime, *, now: datetime, held_for: timedelta) -> datetime | None:
    """Return until when an opening is held for somebody; None where that would be too short a time to answer."""
    until = min(now + held_for, session_start - BEFORE_SESSION)
    return until if until >= now + SHORTEST else None


def new_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**6):06}"
