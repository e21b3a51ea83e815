"""Dated changes of a diary, any number of days in one act, each of which can be put back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from nearer.audit import api as audit
from nearer.scheduling.models import Diary, HoursException
from nearer.scheduling.policies import HoursWrong, check_minutes, no_diary
from nearer.scheduling.rules.desk import Spans
from nearer.scheduling.rules.diary import merged_spans
from nearer.scheduling.rules.states import THERAPIST

#: Hours of a day that replace the week's: none is a day off; None: the week's hours hold.
Days = Mapping[date, Spans | None]
#: As many days as one act may change.
MOST_DAYS = 400


@transaction.atomic
def set_days(*, therapist_id: int, days: Days, now: datetime, by: str = THERAPIST) -> dict[date, Spans | None]:
    """Give local days other hours, or none, or the week's again; return how those days were before.

    Appointments that stand on those days stay. What is returned, given back, undoes it.

    :raises HoursWrong: hours that are none, or more days than a year and a month have.
    :raises NoDiary: the therapist has no diary.
    """
    if len(days) > MOST_DAYS:
        raise HoursWrong(_("That is more than a year. Please enter a shorter time."))
    for spans in days.values():
        check_minutes(spans or ())
    _lock(therapist_id)
    before = _as_they_are(therapist_id, days)
    HoursException.objects.filter(diary_id=therapist_id, on__in=days).delete()
    HoursException.objects.bulk_create(
        HoursException(diary_id=therapist_id, on=on, start_minute=start, end_minute=end)
        for on, spans in days.items()
        if spans is not None
        for start, end in _rows(spans)
    )
    if before != dict(days):
        actor = f"{THERAPIST}:{therapist_id}" if by == THERAPIST else by
        detail = {"at": now.isoformat(), "days": len(days), "first": min(days).isoformat()}
        audit.record(actor=actor, action="set_days", subject=f"diary:{therapist_id}", detail=detail)
    return before


def every_day(first: date, last: date) -> list[date]:
    """Return each day from the first to the last.

    :raises HoursWrong: the last is before the first, or more than a year lies between.
    """
    count = (last - first).days + 1
    if count < 1:
        raise HoursWrong(_("The last day is before the first one."))
    if count > MOST_DAYS:
        raise HoursWrong(_("That is more than a year. Please enter a shorter time."))
    return [first + timedelta(days=number) for number in range(count)]


def _rows(spans: Spans) -> list[tuple[int | None, int | None]]:
    """Return the rows of a day: its hours, or one without any on a day off."""
    return [*merged_spans(list(spans))] or [(None, None)]


def _lock(therapist_id: int) -> None:
    if not Diary.objects.select_for_update().filter(therapist_id=therapist_id).values_list("pk").first():
        raise no_diary()


def _as_they_are(therapist_id: int, days: Days) -> dict[date, Spans | None]:
    before: dict[date, Spans | None] = dict.fromkeys(days)
    rows = HoursException.objects.filter(diary_id=therapist_id, on__in=days).order_by("on", "start_minute")
    for on, start, end in rows.values_list("on", "start_minute", "end_minute"):
        before[on] = (*(before[on] or ()), *(() if start is None else ((start, end),)))
    return before
