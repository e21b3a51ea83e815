"""Reading the calendars that therapists keep elsewhere. No transaction is open while anything is waited for."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from nearer.foundation.fetching import Got, Unfetchable, fetch
from nearer.scheduling.calendars.reading import NoCalendar, read_apart
from nearer.scheduling.models import Calendar
from nearer.scheduling.operations import calendars
from nearer.scheduling.operations.diaries import locked_diary
from nearer.scheduling.policies import NoDiary
from nearer.scheduling.rules.busy import EVERY, packed, window_of

#: Seconds for looking up, connecting, redirects and all of the file; bytes of it.
LONGEST = 20
LARGEST = 10_000_000
#: Calendars asked for at once; the rest have their turn a few minutes later.
BATCH = 2000
#: Letters and whatever else waits for a worker go first.
AFTER_THE_REST = -10
#: Columns of a calendar, and what to write there.
Changes = dict[str, object]
_HEADER = re.compile(r"[\x21-\x7e][\x20-\x7e]*")


@transaction.atomic
def refresh_calendars(*, now: datetime) -> int:
    """Leave a job for each calendar whose turn has come, and give it its next one. Returns how many."""
    due = Calendar.objects.filter(next_at__lte=now).order_by("next_at", "id").select_for_update(skip_locked=True)
    ids = list(due.values_list("id", flat=True)[:BATCH])
    Calendar.objects.filter(id__in=ids).update(next_at=now + EVERY)
    jobs: list[dict[str, JSONValue]] = [{"calendar_id": each} for each in ids]
    if jobs:
        app.configure_task(calendars.REFRESH, priority=AFTER_THE_REST).batch_defer(*jobs)
    return len(ids)


def refresh_calendar(*, calendar_id: int, now: datetime) -> None:
    """Read a calendar, and make what it says the time that it takes. Where that fails, what it took last stays.

    A calendar that was disconnected, also meanwhile, is passed over. Whatever the answer, it is never logged.
    """
    calendar = Calendar.objects.select_related("diary").filter(id=calendar_id).first()
    if calendar is None:
        return
    changes: Changes
    try:
        changes = _read(calendar, now=now)
    except (Unfetchable, NoCalendar) as error:
        changes = {"failing_since": calendar.failing_since or now, "failure": str(error)}
    else:
        changes |= {"failing_since": None, "failure": "", "told_at": None, "read_at": now}
    _write(calendar, changes, now=now)


def _read(calendar: Calendar, *, now: datetime) -> Changes:
    """Return what is new about a calendar.

    The same file says something else only on another day or in another zone; else there is no need to read it again.

    :raises Unfetchable: the server did not give it.
    :raises NoCalendar: it is none.
    """
    zone = calendar.diary.time_zone
    read_as = f"{now:%Y-%m-%d} {zone}"
    is_fresh = calendar.read_as == read_as and calendar.failing_since is None
    got = _fetched(calendar, is_fresh=is_fresh)
    if got.body is None:
        return {}
    found: Changes = {"etag": _kept(got.etag, 200), "last_modified": _kept(got.last_modified, 60)}
    digest = hashlib.sha256(got.body).hexdigest()
    if is_fresh and digest == calendar.digest:
        return found
    reading = read_apart(got.body, window=window_of(now), time_zone=zone)
    troubles = [[each.why, each.said, each.first, each.count] for each in reading.troubles]
    return found | {"digest": digest, "read_as": read_as, "busy": packed(reading.busy), "troubles": troubles}


def _fetched(calendar: Calendar, *, is_fresh: bool) -> Got:
    return fetch(
        calendar.address,
        door=calendars.DOOR,
        seconds=LONGEST,
        max_bytes=LARGEST,
        accept="text/calendar",
        etag=calendar.etag if is_fresh else "",
        last_modified=calendar.last_modified if is_fresh else "",
    )


@transaction.atomic
def _write(calendar: Calendar, changes: Changes, *, now: datetime) -> None:
    """Write what became of a calendar, in the order in which everybody takes locks: the diary first."""
    try:
        locked_diary(calendar.diary_id)
    except NoDiary:
        return
    Calendar.objects.filter(id=calendar.id).update(tried_at=now, **changes)


def _kept(header: str, longest: int) -> str:
    """Return a header as it may be sent back, or nothing where it is none."""
    return header if len(header) <= longest and _HEADER.fullmatch(header) else ""
