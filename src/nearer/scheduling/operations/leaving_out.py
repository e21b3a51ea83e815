"""Taking one stretch of time out of a diary, so that nobody is offered what its therapist can't keep."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.operations.days import set_days
from nearer.scheduling.operations.turns import clash_means_taken, take_turn
from nearer.scheduling.rules.diary import local_parts, spans_of_day, without_span
from nearer.scheduling.rules.states import THERAPIST
from nearer.scheduling.rules.zones import day_number


@clash_means_taken
@transaction.atomic
def leave_out(*, therapist_id: int, period: TimeRange, now: datetime, by: str = THERAPIST) -> None:
    """Take a stretch of time out of a therapist's hours on its local days; all else of those days stays.

    :raises NotTaking: the therapist has no diary.
    """
    pages = take_turn(therapist_id)
    days: dict[date, tuple[tuple[int, int], ...]] = {}
    for on, span in local_parts(period, pages.time_zone):
        before = spans_of_day(pages, day_number(on))
        after = without_span(before, span)
        if after != before:
            days[on] = after
    if days:
        set_days(therapist_id=therapist_id, days=days, now=now, by=by)
