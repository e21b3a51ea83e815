"""What therapists' calendars elsewhere say, and how they fare."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.models import Calendar
from nearer.scheduling.queries.diaries import diary_pages
from nearer.scheduling.rules.busy import CalendarCard, Trouble, spans_meeting, state_of, told_from
from nearer.scheduling.rules.zones import ceil_minute, floor_minute, instant


def calendars_of(therapist_id: int, *, now: datetime) -> tuple[CalendarCard, ...]:
    """Return the calendars that a therapist connected, in that order, and how each fares. One query."""
    rows = Calendar.objects.filter(diary_id=therapist_id).defer("busy").order_by("connected_at", "id")
    return tuple(_card(row, now=now) for row in rows)


def busy_of(therapist_id: int, window: TimeRange) -> tuple[TimeRange, ...]:
    """Return when a therapist is busy elsewhere, as far as it meets the window, in order. One query."""
    pages = diary_pages([therapist_id]).get(therapist_id)
    spans = spans_meeting(pages.busy if pages else (), floor_minute(window.start), ceil_minute(window.end))
    return tuple(TimeRange(instant(start), instant(end)) for start, end in spans)


def calendars_to_tell_of(*, now: datetime) -> dict[int, tuple[int, ...]]:
    """Return the calendars that have failed for a while, and whose therapists have not been told, by therapist."""
    rows = Calendar.objects.filter(failing_since__lte=told_from(now), told_at__isnull=True)
    found: dict[int, tuple[int, ...]] = {}
    for therapist_id, calendar_id in rows.order_by("diary_id", "id").values_list("diary_id", "id"):
        found[therapist_id] = (*found.get(therapist_id, ()), calendar_id)
    return found


def _card(row: Calendar, *, now: datetime) -> CalendarCard:
    return CalendarCard(
        id=row.id,
        name=row.name,
        host=urlsplit(row.address).hostname or "",
        connected_at=row.connected_at,
        read_at=row.read_at,
        state=state_of(read_at=row.read_at, failing_since=row.failing_since, now=now),
        failure=row.failure,
        failing_since=row.failing_since,
        troubles=tuple(Trouble(*each) for each in row.troubles),
    )
