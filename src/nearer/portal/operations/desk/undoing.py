"""Putting back what was just done, where that is honest: nobody was told of it yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from nearer.directory import api as directory
from nearer.portal.operations.desk import diary
from nearer.portal.operations.desk.diary import Undo


def undo(*, therapist_id: int, what: Undo, now: datetime) -> None:
    """Put back what an act changed, by what it left behind.

    :raises NotYours: what was said is settled by now.
    :raises Refused: the diary can't be so any more.
    """
    _HOW[what["what"]](therapist_id, what, now)


def _week(therapist_id: int, what: Undo, now: datetime) -> None:
    hours = [(day, start, end) for day, start, end in what["hours"]]
    diary.set_week(therapist_id=therapist_id, time_zone=what["zone"], hours=hours, now=now)


def _days(therapist_id: int, what: Undo, now: datetime) -> None:
    days = {
        date.fromisoformat(day): None if spans is None else tuple((start, end) for start, end in spans)
        for day, spans in what["days"].items()
    }
    diary.set_days(therapist_id=therapist_id, days=days, now=now)


def _pause(therapist_id: int, what: Undo, now: datetime) -> None:
    until = what["until"]
    diary.pause(therapist_id=therapist_id, until=until and date.fromisoformat(until), now=now)


def _limits(therapist_id: int, what: Undo, now: datetime) -> None:
    diary.set_limits(therapist_id=therapist_id, changes=what["changes"], now=now)


def _statement(therapist_id: int, what: Undo, now: datetime) -> None:
    directory.take_back(therapist_id=therapist_id, statement_id=what["id"], now=now)


def _place(therapist_id: int, what: Undo, now: datetime) -> None:
    directory.add_place(therapist_id=therapist_id, place=directory.Place(**what["place"]), now=now)


def _service(therapist_id: int, what: Undo, now: datetime) -> None:
    offer = directory.Offer(**{**what["offer"], "ages": tuple(what["offer"]["ages"])})
    directory.offer_service(therapist_id=therapist_id, offer=offer, now=now)


_HOW: Mapping[str, Callable[[int, Undo, datetime], None]] = {
    "week": _week,
    "days": _days,
    "pause": _pause,
    "limits": _limits,
    "statement": _statement,
    "place": _place,
    "service": _service,
}
