"""Connecting calendars that a therapist keeps elsewhere, and letting go of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from nearer.audit import api as audit
from nearer.foundation.fetching import Door
from nearer.foundation.sealing import ring
from nearer.scheduling.models import Calendar, Diary
from nearer.scheduling.operations.diaries import locked_diary
from nearer.scheduling.policies import (
    check_calendar_address,
    check_room_for_calendar,
    connected_already,
    unknown_calendar,
)
from nearer.scheduling.rules.busy import EVERY
from nearer.scheduling.rules.states import THERAPIST

REFRESH = "scheduling.refresh_calendar"
#: Which addresses may be asked for. There is no setting for it: only tests, which serve on this machine, use another.
DOOR = Door()


@transaction.atomic
def connect_calendar(*, therapist_id: int, address: str, name: str, now: datetime, by: str = THERAPIST) -> int:
    """Have a calendar read regularly, the first time at once, by the worker; return its id.

    The address is kept sealed and never told again, `name` is what the therapist calls it.

    :raises CalendarRefused: it is no such address, connected already, or one too many.
    :raises NoDiary: the therapist has no diary whose time it could take.
    """
    check_calendar_address(address, DOOR)
    diary = locked_diary(therapist_id)
    index = ring().blind_index(address, purpose="scheduling|calendar")
    held = list(Calendar.objects.filter(diary=diary).values_list("address_index", flat=True))
    if index in held:
        raise connected_already()
    check_room_for_calendar(len(held))
    calendar = Calendar(diary=diary, address_index=index, connected_at=now, next_at=now + EVERY)
    calendar.name, calendar.address = name, address
    calendar.save(force_insert=True)
    app.configure_task(REFRESH).defer(calendar_id=calendar.id)
    _record(diary, "connect_calendar", calendar.id, by=by)
    return calendar.id


@transaction.atomic
def disconnect_calendar(*, therapist_id: int, calendar_id: int, by: str = THERAPIST) -> None:
    """Forget a calendar; what it took of the therapist's time is free at once. Twice is once.

    :raises NoDiary: the therapist has no diary.
    """
    diary = locked_diary(therapist_id)
    removed, _ = Calendar.objects.filter(diary=diary, id=calendar_id).delete()
    if removed:
        _record(diary, "disconnect_calendar", calendar_id, by=by)


@transaction.atomic
def read_calendar_soon(*, therapist_id: int, calendar_id: int) -> None:
    """Have a calendar read now, without waiting for its turn; asked again before it was, it is read once.

    :raises CalendarUnknown: the therapist has no such calendar.
    """
    if not Calendar.objects.filter(diary_id=therapist_id, id=calendar_id).exists():
        raise unknown_calendar()
    try:
        with transaction.atomic():
            app.configure_task(REFRESH, queueing_lock=f"{REFRESH}:{calendar_id}").defer(calendar_id=calendar_id)
    except AlreadyEnqueued:
        return


def note_told(*, calendar_ids: Collection[int], now: datetime) -> None:
    """Remember, in the caller's transaction, that the therapists of these calendars were told that they fail."""
    Calendar.objects.filter(id__in=calendar_ids).update(told_at=now)


def _record(diary: Diary, action: str, calendar_id: int, *, by: str) -> None:
    actor = f"{THERAPIST}:{diary.pk}" if by == THERAPIST else by
    audit.record(actor=actor, action=action, subject=f"diary:{diary.pk}", detail={"calendar": calendar_id})
