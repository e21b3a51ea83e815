"""Writing the reminders that fall due soon: sets of them, each once, however often this runs or is killed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction

from nearer.care.operations.reminders.words import Writer, key
from nearer.care.queries.reminding import attendees, candidates
from nearer.care.rules.reminding import Due, due, starts
from nearer.outbox import api as outbox

#: How far ahead reminders are written. Short, so that what they say is fresh; longer than planning may be late.
AHEAD = timedelta(minutes=30)
#: Clients in one transaction. Their appointments can't be changed for as long as it takes: well under a second.
BATCH = 500
#: Keys that are looked up together.
KEYS = 10_000


def plan(*, now: datetime) -> int:
    """Write every reminder that falls due within half an hour, and return how many were written now.

    Each batch is a transaction of its own: whoever is killed half-way leaves whole batches, and the next run writes
    the rest. What is written already is found by its key, before anything is locked or opened.
    """
    fresh, writer = _unwritten(now), Writer(site=settings.NEARER_SITE.rstrip("/"))
    return sum(_plan_some(fresh[start : start + BATCH], writer, now) for start in range(0, len(fresh), BATCH))


def _unwritten(now: datetime) -> Sequence[int]:
    """Return the bookings with a reminder that falls due and that nobody has written."""
    windows = starts(hours=settings.NEARER_REMINDERS, now=now, ahead=AHEAD)
    long_ago = datetime.min.replace(tzinfo=UTC)
    wanted = {
        key(each.client_id, each.appointment_id, each.sequence, reminder.hours): each.booking_id
        for each in candidates(windows)
        for reminder in _due(each.start, long_ago, now)
    }
    keys = list(wanted)
    for start in range(0, len(keys), KEYS):
        for written in outbox.keys_left(keys[start : start + KEYS]):
            del wanted[written]
    return sorted(set(wanted.values()))


@transaction.atomic
def _plan_some(booking_ids: Sequence[int], writer: Writer, now: datetime) -> int:
    letters = {
        letter.key: letter
        for attendee in attendees(booking_ids)
        for each in _due(attendee.session.start, attendee.known_since, now)
        for letter in [writer.letter(attendee, each)]
    }
    fresh = letters.keys() - outbox.keys_left(letters)
    outbox.leave_many([letters[each] for each in sorted(fresh)], now=now)
    return len(fresh)


def _due(start: datetime, known_since: datetime, now: datetime) -> Sequence[Due]:
    return tuple(due(start, known_since=known_since, hours=settings.NEARER_REMINDERS, now=now, ahead=AHEAD))
