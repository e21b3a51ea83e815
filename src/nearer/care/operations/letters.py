"""E-mails about what happens to a time after it was confirmed. Like all of the journey's, they say nothing clinical."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from nearer.care.operations.messages import calendar_file, link, may_write
from nearer.care.records import BookingCard
from nearer.care.vocabulary import zone_words
from nearer.foundation.timerange import TimeRange
from nearer.outbox import api as outbox


def cancelled_by_therapist(card: BookingCard, *, site: str, now: datetime) -> None:
    """Leave word that the therapist can't keep the time, and that other times and people wait behind the link."""
    with translation.override(card.language):
        after = _("You owe nothing. To see other times, and other people who have time sooner, open this page.")
        lines = _letter(card, _("We are sorry. This time can’t be kept:"), [after, link(card, site)])
        _leave(
            card,
            "cancelled",
            _("Your time is cancelled"),
            lines,
            now,
            calendar=calendar_file(card, now=now, method="CANCEL"),
            method="CANCEL",
        )


def asked_to_move(card: BookingCard, proposed: TimeRange, until: datetime, *, site: str, now: datetime) -> None:
    """Leave word that the therapist asks for another time."""
    with translation.override(card.language):
        words = {"new": when(proposed, card.time_zone), "until": _moment(until, card.time_zone)}
        after = [
            _("Could you meet at another time instead? %(new)s") % words,
            "",
            _("Your time stays yours unless you say yes. Please answer by %(until)s, on this page.") % words,
            link(card, site),
        ]
        lines = _letter(card, _("There is a question about your time:"), after)
        _leave(card, f"asked:{proposed.start:%Y%m%d%H%M}", _("A question about your time"), lines, now)


def series_confirmed(
    card: BookingCard, links: Sequence[tuple[TimeRange, str]], *, calendar: str, now: datetime, key: str
) -> None:
    """Leave word of the times of a series, each with its own link, and a calendar file of them all."""
    with translation.override(card.language):
        each = [line for session, where in links for line in (when(session, card.time_zone), where, "")]
        lines = _letter(card, _("These times are yours too, after this one:"), each)
        last = _("Each can be moved or cancelled by itself, on its own page. The links are yours alone.")
        _leave(
            card,
            f"series:{key}",
            _("Your next times are confirmed"),
            [*lines, last],
            now,
            calendar=calendar,
            method="PUBLISH",
        )


def when(session: TimeRange, zone: str) -> str:
    """Return weekday, day, time and zone of a session, as messages write them."""
    return f"{_moment(session.start, zone)} ({zone_words(zone)})"


def _moment(moment: datetime, zone: str) -> str:
    there = moment.astimezone(ZoneInfo(zone))
    return f"{date_format(there, 'l')}, {date_format(there, 'DATE_FORMAT')}, {time_format(there, 'TIME_FORMAT')}"


def _letter(card: BookingCard, opening: str, after: Sequence[str]) -> list[str]:
    name = card.client.preferred_name if card.client else ""
    return [
        _("Hello %(name)s,") % {"name": name} if name else _("Hello,"),
        "",
        opening,
        "",
        when(card.appointment.session, card.time_zone),
        _("with %(name)s") % {"name": card.told.name},
        "",
        *after,
    ]


def _leave(  # noqa: PLR0913 - a message of this many parts
    card: BookingCard,
    kind: str,
    subject: str,
    lines: Sequence[str],
    now: datetime,
    *,
    calendar: str = "",
    method: str = "",
) -> None:
    if card.client is None or not may_write(card):
        return
    outbox.leave(
        kind=kind.partition(":")[0],
        key=f"{kind}:{card.id}:{card.appointment.id}:{card.appointment.sequence}",
        to=card.client.email,
        subject=subject,
        body="\n".join(lines),
        now=now,
        calendar=calendar,
        calendar_method=method,
    )
