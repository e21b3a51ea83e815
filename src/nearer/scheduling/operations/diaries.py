"""Writing diaries: weekly hours, dated exceptions and pauses, by the one whose diary it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from nearer.audit import api as audit
from nearer.scheduling.models import Diary, HoursException
from nearer.scheduling.operations.writing import Wanted, write_diaries
from nearer.scheduling.policies import check_hours, check_minutes, no_diary
from nearer.scheduling.rules.diary import DiarySettings, WeeklyHours, has_come, merged_spans, tidy_week
from nearer.scheduling.rules.states import THERAPIST


@transaction.atomic
def set_hours(  # noqa: PLR0913 - a diary is all of these
    *,
    therapist_id: int,
    time_zone: str,
    hours: Sequence[WeeklyHours],
    settings: DiarySettings | None,
    now: datetime,
    by: str = THERAPIST,
) -> None:
    """Replace a therapist's week, and their settings where given; makes the diary where there was none.

    Appointments that stand outside the new hours stay.

    :raises HoursWrong: no such zone, or hours that are none.
    """
    check_hours(time_zone, hours)
    wanted = Wanted(time_zone, {} if settings is None else asdict(settings), tidy_week(hours))
    if write_diaries({therapist_id: wanted}):
        _record(therapist_id, "set_hours", by=by, now=now)


@transaction.atomic
def add_exception(
    *, therapist_id: int, on: date, hours: Sequence[tuple[int, int]], now: datetime, by: str = THERAPIST
) -> None:
    """Replace the hours of one local day, in minutes of that day; none make it a day off.

    :raises HoursWrong: hours that are none.
    :raises NoDiary: the therapist has no diary.
    """
    check_minutes(hours)
    locked_diary(therapist_id)
    HoursException.objects.filter(diary_id=therapist_id, on=on).delete()
    spans: list[tuple[int | None, int | None]] = [*merged_spans(list(hours))] or [(None, None)]
    HoursException.objects.bulk_create(
        HoursException(diary_id=therapist_id, on=on, start_minute=start, end_minute=end) for start, end in spans
    )
    _record(therapist_id, "add_exception", by=by, now=now, on=on)


@transaction.atomic
def remove_exception(*, therapist_id: int, on: date, now: datetime, by: str = THERAPIST) -> None:
    """Let the weekly hours hold again on one local day.

    :raises NoDiary: the therapist has no diary.
    """
    locked_diary(therapist_id)
    removed, _ = HoursException.objects.filter(diary_id=therapist_id, on=on).delete()
    if removed:
        _record(therapist_id, "remove_exception", by=by, now=now, on=on)


@transaction.atomic
def pause(*, therapist_id: int, until: date | None, now: datetime, by: str = THERAPIST) -> None:
    """Take no new clients before a local day; None ends a pause at once.

    :raises NoDiary: the therapist has no diary.
    """
    diary = locked_diary(therapist_id)
    if diary.paused_until == until:
        return
    Diary.objects.filter(therapist_id=therapist_id).update(paused_until=until)
    _record(therapist_id, "pause", by=by, now=now, on=until)


@transaction.atomic
def end_pauses(*, now: datetime) -> int:
    """Clear the pauses that are over where the therapist is, so that their diaries are heard to have changed.

    Returns how many. To `openings` they were over as soon as the day came.
    """
    paused = Diary.objects.select_for_update().filter(paused_until__isnull=False).order_by("therapist_id")
    over = [d.therapist_id for d in paused if d.paused_until and has_come(d.paused_until, d.time_zone, now)]
    return Diary.objects.filter(therapist_id__in=over).update(paused_until=None)


def locked_diary(therapist_id: int) -> Diary:
    """Wait until nobody else writes a therapist's diary, and return it.

    :raises NoDiary: the therapist has none.
    """
    try:
        return Diary.objects.select_for_update().get(therapist_id=therapist_id)
    except Diary.DoesNotExist:
        raise no_diary() from None


def _record(therapist_id: int, action: str, *, by: str, now: datetime, on: date | None = None) -> None:
    actor = f"{THERAPIST}:{therapist_id}" if by == THERAPIST else by
    detail = {"at": now.isoformat(), "on": None if on is None else on.isoformat()}
    audit.record(actor=actor, action=action, subject=f"diary:{therapist_id}", detail=detail)
