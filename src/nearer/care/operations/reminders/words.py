"""What a reminder says. By default when, and no more: whoever glances at the screen learns nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from nearer.care.queries.reminding import Attendee
from nearer.care.rules.reminding import OPENLY, WHEN, Due
from nearer.care.rules.tokens import seal_booking, seal_stop
from nearer.care.rules.told import Told
from nearer.care.vocabulary import zone_words
from nearer.outbox.api import Letter

KIND = "reminder"


def letter(attendee: Attendee, due: Due, *, site: str) -> Letter:
    """Return one reminder as it is left in the outbox, in the client's language."""
    session = attendee.session
    stop = site + reverse("care:reminders_stop", args=[seal_stop(attendee.client_id, session.end)])
    with translation.override(attendee.language):
        subject, body = _("A reminder"), "\n".join(_lines(attendee, site, stop))
    return Letter(
        kind=KIND,
        key=key(attendee, due),
        to=attendee.email,
        subject=subject,
        body=body,
        due_at=due.due_at,
        until=session.start,
        about=f"appointment:{attendee.appointment_id}",
        stop=stop,
    )


def key(attendee: Attendee, due: Due) -> str:
    """Return what makes planning twice one reminder: a moved session has others."""
    return f"{prefix(attendee.client_id)}{attendee.appointment_id}:{attendee.sequence}:{due.hours}"


def prefix(client_id: int) -> str:
    """Return how the keys of all of one client's reminders begin."""
    return f"{KIND}:{client_id}:"


def _lines(attendee: Attendee, site: str, stop: str) -> Iterator[str]:
    yield _("Hello,")
    yield ""
    yield _("You have a session of therapy:") if attendee.plainness == OPENLY else _("You have a time:")
    yield ""
    yield f"{_moment(attendee.session.start, attendee.time_zone)} ({zone_words(attendee.time_zone)})"
    if attendee.told is not None and attendee.plainness != WHEN:
        yield from _whom_and_where(attendee.told)
    yield ""
    yield _("To see it, move it or cancel it, open this page. The link is yours alone; please don’t share it.")
    yield site + reverse("care:booking", args=[seal_booking(attendee.booking_id, attendee.session.end)])
    yield ""
    yield _("No more reminders? Open this page. Your times stay as they are.")
    yield stop


def _whom_and_where(told: Told) -> Iterator[str]:
    yield _("with %(name)s") % {"name": told.name}
    where = told.address or (_("By video") if told.modality == "telehealth" else "")
    if where:
        yield where


def _moment(moment: datetime, zone: str) -> str:
    there = moment.astimezone(ZoneInfo(zone))
    return f"{date_format(there, 'l')}, {date_format(there, 'DATE_FORMAT')}, {time_format(there, 'TIME_FORMAT')}"
