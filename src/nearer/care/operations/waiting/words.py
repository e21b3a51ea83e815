"""The e-mails of the waiting list. None says what the list is for."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from nearer.accounts import api as accounts
from nearer.care.models import Offer, Wait
from nearer.care.rules.tokens import seal_wait
from nearer.care.vocabulary import zone_words
from nearer.outbox import api as outbox


def code(row: Wait, digits: str, *, now: datetime) -> None:
    """Leave the code that proves an address."""
    with translation.override(row.language):
        body = _(
            "Your code is %(digits)s\n\n"
            "Type it on the page where you asked for it. It is good for 15 minutes.\n\n"
            "If you did not ask for a code, you can ignore this message: without it, nothing happens."
        ) % {"digits": digits}
        key = f"code:{row.pk}:{now.timestamp():.0f}"
        outbox.leave(kind="code", key=key, to=row.email, subject=_("Your code"), body=body, now=now)


def offered(row: Wait, offer: Offer, *, now: datetime) -> None:
    """Leave word that a time is free, and until when it is held."""
    with translation.override(row.language):
        lines = [
            _("Hello,"),
            "",
            _("A time has become free:"),
            f"{_moment(offer.start, row.time_zone)} ({zone_words(row.time_zone)})",
            "",
            _("It is held for you until %(until)s") % {"until": _moment(offer.until, row.time_zone)},
            _("Open this page to take it or to pass it on. If you do nothing, it goes to somebody else."),
            link(row),
            "",
            _("To be told no more, open this page."),
            _leaving(row),
        ]
        _leave(row, f"offered:{offer.pk}", _("A time is free"), lines, now)


def ended(row: Wait, *, now: datetime) -> None:
    """Leave word that the place on the list is over by itself."""
    with translation.override(row.language):
        lines = [
            _("Hello,"),
            "",
            _("You asked to be told when a time is free. That is over now, and what you gave us for it is deleted."),
            _("You can ask again at any time."),
            _site(),
        ]
        _leave(row, f"ended:{row.pk}", _("You are told no more"), lines, now)


def link(row: Wait) -> str:
    """Return the address of a place on the list."""
    return _site() + reverse("care:waiting", args=[seal_wait(row.pk, row.expires_at)])


def _leaving(row: Wait) -> str:
    return _site() + reverse("care:waiting_leave", args=[seal_wait(row.pk, row.expires_at)])


def _leave(row: Wait, key: str, subject: str, lines: list[str], now: datetime) -> None:
    to, stop = address(row), _leaving(row)
    if to:
        body = "\n".join(lines)
        outbox.leave(kind="waiting", key=key, to=to, subject=subject, body=body, now=now, stop=stop)


def address(row: Wait) -> str:
    """Return where to write; empty where e-mail is no safe way (any more)."""
    if row.booking_id is None:
        return row.email
    assert row.booking is not None
    assert row.booking.client_id is not None
    client = accounts.client(row.booking.client_id)
    return client.email if "email" in client.safe_to_reach else ""


def _site() -> str:
    site: str = settings.NEARER_SITE
    return site.rstrip("/")


def _moment(moment: datetime, zone: str) -> str:
    there = moment.astimezone(ZoneInfo(zone))
    return f"{date_format(there, 'l')}, {date_format(there, 'DATE_FORMAT')}, {time_format(there, 'TIME_FORMAT')}"
