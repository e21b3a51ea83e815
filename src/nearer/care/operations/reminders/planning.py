"""Writing the reminders that fall due soon: sets of them, each once, however often this runs or is killed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from nearer.care.operations.reminders.words import key, letter
from nearer.care.queries.reminding import Attendee, attendees
from nearer.care.rules.reminding import Due, Starts, due, starts
from nearer.outbox import api as outbox

#: How far ahead reminders are written. Short, so that what they say is fresh; longer than planning may be late.
AHEAD = timedelta(minutes=30)
#: Clients in one transaction. Their appointments can't be changed for as long as it takes: well under a second.
BATCH = 500


def plan(*, now: datetime) -> int:
    """Write every reminder that falls due within half an hour, and return how many were written now.

    Each batch is a transaction of its own: whoever is killed half-way leaves whole batches, and the next run writes
    the rest. What is written already is found by its key.
    """
    written = after = 0
    while True:
        with transaction.atomic():
            found = attendees(_windows(now), after=after, limit=BATCH)
            written += _leave(found, now)
        if len(found) < BATCH:
            return written
        after = found[-1].booking_id


def _windows(now: datetime) -> Sequence[Starts]:
    return starts(hours=settings.NEARER_REMINDERS, now=now, ahead=AHEAD)


def _leave(found: Sequence[Attendee], now: datetime) -> int:
    wanted = {key(attendee, each): (attendee, each) for attendee in found for each in _due(attendee, now)}
    fresh = wanted.keys() - outbox.keys_left(wanted)
    letters = [letter(*wanted[each], site=settings.NEARER_SITE.rstrip("/")) for each in sorted(fresh)]
    outbox.leave_many(letters, now=now)
    return len(letters)


def _due(attendee: Attendee, now: datetime) -> Sequence[Due]:
    hours = settings.NEARER_REMINDERS
    found = due(attendee.session.start, known_since=attendee.known_since, hours=hours, now=now, ahead=AHEAD)
    return tuple(found)
