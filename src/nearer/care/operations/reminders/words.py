"""What a reminder says. By default when, and no more: whoever glances at the screen learns nothing."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from nearer.care.queries.reminding import Attendee
from nearer.care.rules.reminding import OPENLY, Due
from nearer.care.rules.tokens import seal_booking, seal_stop
from nearer.care.rules.told import Told
from nearer.care.vocabulary import zone_words
from nearer.outbox.api import Letter

KIND = "reminder"


class Sentences(NamedTuple):
    """What reminders are made of, in one language."""

    subject: str
    hello: str
    quietly: str
    openly: str
    page: str
    stop: str


class Writer:
    """Writes many reminders. What is the same in many of them is put into words once: a day, a language's sentences."""

    def __init__(self, *, site: str) -> None:
        self._booking, self._stop = (_address(site, name) for name in ("care:booking", "care:reminders_stop"))
        self._moments: dict[tuple[datetime, str, str], str] = {}
        self._sentences: dict[str, Sentences] = {}

    def letter(self, attendee: Attendee, due: Due) -> Letter:
        """Return one reminder as it is left in the outbox, in the client's language."""
        session = attendee.session
        stop = self._stop % seal_stop(attendee.client_id, session.end)
        page = self._booking % seal_booking(attendee.booking_id, session.end)
        says = self._in_language(attendee.language)
        lines = [
            says.hello,
            "",
            says.openly if attendee.plainness == OPENLY else says.quietly,
            "",
            self._when(attendee),
        ]
        if attendee.told is not None:
            lines += _whom_and_where(attendee.told, attendee.language)
        return Letter(
            kind=KIND,
            key=key(attendee.client_id, attendee.appointment_id, attendee.sequence, due.hours),
            to=attendee.email,
            subject=says.subject,
            body="\n".join([*lines, "", says.page, page, "", says.stop, stop]),
            due_at=due.due_at,
            until=session.start,
            about=f"appointment:{attendee.appointment_id}",
            stop=stop,
        )

    def _when(self, attendee: Attendee) -> str:
        asked = (attendee.session.start, attendee.time_zone, attendee.language)
        if asked not in self._moments:
            with translation.override(attendee.language):
                there = attendee.session.start.astimezone(ZoneInfo(attendee.time_zone))
                day, hour = date_format(there, "DATE_FORMAT"), time_format(there, "TIME_FORMAT")
                zone = zone_words(attendee.time_zone)
                self._moments[asked] = f"{date_format(there, 'l')}, {day}, {hour} ({zone})"
        return self._moments[asked]

    def _in_language(self, language: str) -> Sentences:
        if language not in self._sentences:
            with translation.override(language):
                self._sentences[language] = _sentences()
        return self._sentences[language]


def key(client_id: int, appointment_id: int, sequence: int, hours: int) -> str:
    """Return what makes planning twice one reminder: a moved session has others."""
    return f"{prefix(client_id)}{appointment_id}:{sequence}:{hours}"


def prefix(client_id: int) -> str:
    """Return how the keys of all of one client's reminders begin."""
    return f"{KIND}:{client_id}:"


def _address(site: str, name: str) -> str:
    """Return the address of a page with a place for its token."""
    before, after = reverse(name, args=["0"]).split("0")
    return f"{site.replace('%', '%%')}{before}%s{after}"


def _sentences() -> Sentences:
    return Sentences(
        subject=_("A reminder"),
        hello=_("Hello,"),
        quietly=_("You have a time:"),
        openly=_("You have a session of therapy:"),
        page=_("To see it, move it or cancel it, open this page. The link is yours alone; please don’t share it."),
        stop=_("No more reminders? Open this page. Your times stay as they are."),
    )


def _whom_and_where(told: Told, language: str) -> list[str]:
    with translation.override(language):
        where = told.address or (_("By video") if told.modality == "telehealth" else "")
        return [each for each in (_("with %(name)s") % {"name": told.name}, where) if each]
