"""The e-mails of a booking. Neither they nor their calendar files hold a clinical word or anyone's profession.

Who did not say that e-mail is a safe way to reach them is sent none of these: their page says it instead.
Reminders are planned apart (`operations.reminders`).
"""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from nearer.care.records import BookingCard
from nearer.care.rules.tokens import seal_booking
from nearer.care.vocabulary import zone_words
from nearer.outbox import api as outbox
from nearer.scheduling import api as scheduling

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]


def confirmed(card: BookingCard, *, site: str, now: datetime) -> None:
    """Leave word that the time is theirs, with a calendar entry."""
    with translation.override(card.language):
        _leave(card, "confirmed", _("Your time is confirmed"), _("Your time is confirmed:"), "REQUEST", site, now)


def moved(card: BookingCard, *, site: str, now: datetime) -> None:
    """Leave word of the new time; the calendar entry moves."""
    forget_reminders(card)
    with translation.override(card.language):
        _leave(card, "moved", _("Your time has moved"), _("Your new time is:"), "REQUEST", site, now)


def cancelled(card: BookingCard, *, site: str, now: datetime) -> None:
    """Leave word that the time is cancelled; the calendar entry goes."""
    forget_reminders(card)
    with translation.override(card.language):
        _leave(card, "cancelled", _("Your time is cancelled"), _("This time is cancelled:"), "CANCEL", site, now)


def forget_reminders(card: BookingCard) -> None:
    """Take back the reminders of a time that was cancelled or moved, and have not gone out."""
    outbox.withdraw_about(about=f"appointment:{card.appointment.id}")


def may_write(card: BookingCard) -> bool:
    """Say whether this client may be sent an e-mail. The code that proves an address is apart: they ask for it."""
    return card.client is not None and "email" in card.client.safe_to_reach


def calendar_file(card: BookingCard, *, now: datetime, method: Method) -> str:
    """Return the booking as a calendar file that says no more than when: others may see a calendar.

    So the link, which is the key to the booking, is in the message alone.
    """
    return scheduling.calendar_file(
        card.appointment,
        summary=_("Appointment"),
        description=_("To see the details, move it or cancel it, open the e-mail that came with this."),
        url="",
        organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        attendee=card.client.email if card.client else "",
        method=method,
        now=now,
    )


def link(card: BookingCard, site: str) -> str:
    """Return the address that opens this booking."""
    token = seal_booking(card.id, card.appointment.session.end)
    return site.rstrip("/") + reverse("care:booking", args=[token])


def _leave(  # noqa: PLR0913, PLR0917 - a message of this many parts
    card: BookingCard,
    kind: str,
    subject: str,
    opening: str,
    method: Method,
    site: str,
    now: datetime,
) -> None:
    if card.client is None or not may_write(card):
        return
    again = _("To find another time, open this page.") if method == "CANCEL" else ""
    outbox.leave(
        kind=kind,
        key=f"{kind}:{card.id}:{card.appointment.id}:{card.appointment.sequence}",
        to=card.client.email,
        subject=subject,
        body=_body(card, opening, site, again),
        now=now,
        calendar=calendar_file(card, now=now, method=method),
        calendar_method=method,
    )


def _body(card: BookingCard, opening: str, site: str, open_this: str = "") -> str:
    assert card.client is not None
    start = card.appointment.session.start.astimezone(ZoneInfo(card.time_zone))
    day, time = formats.date_format(start, "DATE_FORMAT"), formats.time_format(start, "TIME_FORMAT")
    name = card.client.preferred_name
    weekday = formats.date_format(start, "l")
    open_this = open_this or _(
        "To see the details, move it or cancel it, open this page. The link is yours alone; please don't share it."
    )
    lines = [
        _("Hello %(name)s,") % {"name": name} if name else _("Hello,"),
        "",
        opening,
        "",
        f"{weekday}, {day}, {time} ({zone_words(card.time_zone)})",
        _("with %(name)s") % {"name": card.told.name},
        card.told.address or (_("By video") if card.told.modality == "telehealth" else ""),
        "",
        open_this,
        link(card, site),
    ]
    return "\n".join(line for line in lines)
