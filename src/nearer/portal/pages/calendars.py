"""A therapist's calendars in words: how each fares, what was left out, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import formats
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nearer.scheduling import api as scheduling

Words = str | Promise

FAILURES: Mapping[str, Words] = {
    "address": gettext_lazy("The address does not lead to a calendar on the internet."),
    "certificate": gettext_lazy("The calendar’s server could not prove who it is."),
    "compressed": gettext_lazy("The server sends the calendar packed, which Nearer does not accept."),
    "credentials": gettext_lazy("The address asks for a name and password. Use a secret address that needs none."),
    "host": gettext_lazy("There is no server at this address."),
    "port": gettext_lazy("The address leads somewhere that Nearer does not go."),
    "redirects": gettext_lazy("The address leads from one place to the next and never to a calendar."),
    "scheme": gettext_lazy("The address leads to a page that is not protected by https."),
    "too_big": gettext_lazy("The calendar is larger than 10 MB. Connect a smaller one."),
    "too_slow": gettext_lazy("The server took too long to answer."),
    "unreachable": gettext_lazy("The server does not answer."),
    "no_calendar": gettext_lazy("There is a page at this address, and it is no calendar."),
    "damaged": gettext_lazy("The calendar is damaged and can’t be read."),
    "cut_short": gettext_lazy("The calendar came only in part."),
    "too_much": gettext_lazy("The calendar holds more than Nearer can read."),
}
GONE, FORBIDDEN = {"404", "410"}, {"401", "403"}


@dataclass(frozen=True, slots=True)
class Line:
    """One connected calendar: how it fares, and what of it was left out."""

    id: int
    name: str
    host: str
    state: str
    is_failing: bool
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page. `made` is when the feed was made, in words; nothing where there is none."""

    lines: tuple[Line, ...]
    made: str
    with_initials: bool


def page(therapist_id: int, *, now: datetime) -> Page:
    """Return what a therapist sees of their calendars. Two queries."""
    feed = scheduling.feed_of(therapist_id)
    lines = tuple(_line(card, now=now) for card in scheduling.calendars_of(therapist_id, now=now))
    return Page(lines, _ago(feed.made_at, now) if feed else "", feed is not None and feed.with_initials)


def failure_words(failure: str) -> str:
    """Return what is wrong with a calendar, as a sentence."""
    word, _space, status = failure.partition(" ")
    if word != "status":
        return str(FAILURES.get(word, FAILURES["unreachable"]))
    if status in GONE:
        return _("There is no calendar at this address any more. Copy the address again from your calendar’s settings.")
    if status in FORBIDDEN:
        return _("The server does not let Nearer read this calendar. Make a new secret address there.")
    return _("The server answers with an error (%(status)s).") % {"status": status}


def trouble_words(trouble: scheduling.Trouble) -> str:
    """Return what was left out of a calendar and why, as a sentence or two."""
    count = {"count": trouble.count, "zone": trouble.said}
    sentence = {
        "zone": ngettext(
            "%(count)s event is left out: Nearer does not know its time zone, “%(zone)s”.",
            "%(count)s events are left out: Nearer does not know their time zone, “%(zone)s”.",
            trouble.count,
        ),
        "ends_first": ngettext(
            "%(count)s event is left out: it ends before it begins.",
            "%(count)s events are left out: they end before they begin.",
            trouble.count,
        ),
        "rule": ngettext(
            "%(count)s event is left out: it repeats in a way that Nearer can’t follow.",
            "%(count)s events are left out: they repeat in a way that Nearer can’t follow.",
            trouble.count,
        ),
        "too_many": ngettext(
            "%(count)s event is left out: it repeats more often than anybody could attend.",
            "%(count)s events are left out: they repeat more often than anybody could attend.",
            trouble.count,
        ),
        "unreadable": ngettext(
            "%(count)s event is left out: its time can’t be read.",
            "%(count)s events are left out: their times can’t be read.",
            trouble.count,
        ),
    }.get(trouble.why) or ngettext(
        "%(count)s more event is left out.", "%(count)s more events are left out.", trouble.count
    )
    return " ".join(filter(None, [sentence % count, _first_words(trouble.first)]))


def _first_words(first: str) -> str:
    """Return when the first event that was left out begins; nothing where its calendar does not say."""
    day, _space, time = first.partition(" ")
    try:
        on = formats.date_format(date.fromisoformat(day), "DATE_FORMAT")
        at = formats.time_format(datetime.fromisoformat(f"{day} {time}").time(), "TIME_FORMAT") if time else ""
    except ValueError:
        return ""
    said = {"when": f"{on}, {at}" if at else on}
    return _("The first is on %(when)s, as your calendar writes it.") % said


def _line(card: scheduling.CalendarCard, *, now: datetime) -> Line:
    return Line(
        id=card.id,
        name=card.name or card.host,
        host=card.host if card.name else "",
        state=_state(card, now=now),
        is_failing=card.state == "failing",
        left_out=tuple(trouble_words(each) for each in card.troubles),
    )


def _state(card: scheduling.CalendarCard, *, now: datetime) -> str:
    if card.state == "waiting" or (card.state == "well" and card.read_at is None):
        return _("Nearer reads it within a few minutes. Reload this page to see.")
    if card.state == "well":
        assert card.read_at is not None
        return _("Read %(ago)s.") % {"ago": _ago(card.read_at, now)}
    if card.read_at is None:
        return failure_words(card.failure)
    kept = _("The busy times from %(ago)s stay until it works again.") % {"ago": _ago(card.read_at, now)}
    return f"{failure_words(card.failure)} {kept}"


def _ago(moment: datetime, now: datetime) -> str:
    if now - moment < timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(moment, now, depth=1)}
