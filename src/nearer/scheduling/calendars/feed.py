"""A therapist's appointments as one calendar file, the same to the byte as long as nothing changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vDuration

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.calendars.appointment_file import PRODUCT

#: How often calendar programs are asked to look again.
REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An appointment as a feed tells it."""

    id: int
    sequence: int
    session: TimeRange
    changed_at: datetime
    is_cancelled: bool
    summary: str


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A feed's text, the tag that changes with it, and when it changed last."""

    text: str
    etag: str
    changed_at: datetime


def feed_text(entries: Iterable[FeedEntry], *, changed_at: datetime) -> FeedFile:
    """Return the calendar file of these appointments, all times in UTC, so that no clock that is set can move them."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Nearer")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        calendar.add_component(_event(entry))
    text = str(calendar.to_ical().decode())
    return FeedFile(text, hashlib.sha256(text.encode()).hexdigest()[:32], changed_at)


def _event(entry: FeedEntry) -> Event:
    event = Event()
    event.add("uid", f"appointment-{entry.id}@nearer")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.session.start)
    event.add("dtend", entry.session.end)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    event.add("summary", entry.summary)
    return event
