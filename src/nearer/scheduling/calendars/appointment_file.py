"""An appointment as a calendar file (RFC 5545; which property with which method, RFC 5546)."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Literal
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vUri

from nearer.scheduling.rules.appointment import AppointmentCard
from nearer.scheduling.rules.states import CANCELLED

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
PRODUCT = "-//Nearer//Appointments//EN"
#: What may stand unencoded in an address or a link: never a line end, a space or a control character.
_URI = ":/?#[]@!$&'()*+,;=%~"


def calendar_file(  # noqa: PLR0913 - a calendar file says all of these
    card: AppointmentCard,
    *,
    summary: str,
    description: str,
    url: str,
    organizer: str,
    attendee: str,
    method: Method,
    now: datetime,
) -> str:
    """Return the appointment as a calendar file, its times in UTC.

    The UID stays the same as long as the appointment lives; SEQUENCE rises with every move and with the
    cancellation, so that a calendar replaces what it holds. Whatever the words contain, they stay words of
    their property. Saying nothing clinical in them is the caller's part. Addresses that are empty are left out.
    """
    event = Event()
    event.add("uid", f"appointment-{card.id}@nearer")
    event.add("sequence", card.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", card.session.start)
    event.add("dtend", card.session.end)
    event.add("status", "CANCELLED" if method == "CANCEL" or card.status == CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")  # a shared calendar then shows no more than that the time is taken
    event.add("summary", _plain(summary))
    _add_unless_empty(event, "description", _plain(description))
    _add_unless_empty(event, "url", vUri(_uri(url)))
    _add_unless_empty(event, "organizer", _address(organizer))
    if method != "PUBLISH":
        _add_unless_empty(event, "attendee", _address(attendee))
    return _wrapped(event, method)


def _wrapped(event: Event, method: Method) -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _add_unless_empty(event: Event, name: str, value: str) -> None:
    if value:
        event.add(name, value)


def _plain(text: str) -> str:
    """Return text without what a calendar can't carry: control characters and halves of a character; lines stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lines if each == "\n" or unicodedata.category(each) not in {"Cc", "Cs"})


def _uri(text: str) -> str:
    return quote(text.strip(), safe=_URI, errors="replace")


def _address(email: str) -> str:
    return vCalAddress(f"mailto:{_uri(email)}") if email.strip() else ""
