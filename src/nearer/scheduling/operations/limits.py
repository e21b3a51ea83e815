"""How a therapist takes bookings: notice, horizon, spacing, buffers and limits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nearer.audit import api as audit
from nearer.scheduling.models import Diary
from nearer.scheduling.policies import HoursWrong, no_diary
from nearer.scheduling.rules.desk import BOUNDS, out_of_bounds
from nearer.scheduling.rules.states import THERAPIST


@transaction.atomic
def set_limits(*, therapist_id: int, changes: Mapping[str, int], now: datetime, by: str = THERAPIST) -> dict[str, int]:
    """Change some settings of a diary, by name; return how those were before, which given back undoes it.

    What was held or booked before stays.

    :raises HoursWrong: no such setting, or it may not be so.
    :raises NoDiary: the therapist has no diary.
    """
    wrong = out_of_bounds(changes)
    if wrong is not None:
        low, high = BOUNDS.get(wrong, (5, 60))
        raise HoursWrong(_("Enter a number from %(low)d to %(high)d.") % {"low": low, "high": high})
    diary = Diary.objects.select_for_update().filter(therapist_id=therapist_id).first()
    if diary is None:
        raise no_diary()
    before = {name: getattr(diary, name) for name in changes}
    if before != dict(changes):
        Diary.objects.filter(therapist_id=therapist_id).update(**changes)
        actor = f"{THERAPIST}:{therapist_id}" if by == THERAPIST else by
        detail = {"at": now.isoformat(), **changes}
        audit.record(actor=actor, action="set_limits", subject=f"diary:{therapist_id}", detail=detail)
    return before
