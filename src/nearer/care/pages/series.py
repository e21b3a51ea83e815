"""A series in words: each day, and what is different about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nearer.care.pages.times import day_words, time_words, when_words
from nearer.care.queries.series import Outlook, Together
from nearer.care.records import BookingCard
from nearer.care.rules import series as rules
from nearer.care.rules.tokens import seal_booking


@dataclass(frozen=True, slots=True)
class SeriesDay:
    """One day: `value` is what a form sends, empty where the day is left out; `note` says what is different."""

    value: str
    day: str
    time: str
    note: str
    is_different: bool


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """What would be booked. `skipped` counts the days that are left out."""

    days: tuple[SeriesDay, ...]
    skipped: int
    length: str
    has_any: bool

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(day.value, f"{day.day}, {day.time}") for day in self.days if day.value]


@dataclass(frozen=True, slots=True)
class OtherTime:
    """Another session of the same series, and the key to its page."""

    token: str
    when: str
    is_cancelled: bool


def series_page(seen: Outlook, card: BookingCard) -> SeriesPage:
    """Return the days of a series in words, on the client's clock."""
    days = tuple(_day(each, card) for each in seen.days)
    minutes = int(seen.length.total_seconds() // 60)
    return SeriesPage(
        days=days,
        skipped=sum(not day.value for day in days),
        length=ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes},
        has_any=any(day.value for day in days),
    )


def other_times(found: Sequence[Together], zone: str, now: datetime) -> tuple[OtherTime, ...]:
    """Return the other sessions that are still to come, or were cancelled, in words."""
    coming = (each for each in found if each.session.start > now and each.status in {"confirmed", "cancelled"})
    return tuple(
        OtherTime(
            seal_booking(each.booking_id, each.session.end), when_words(each.session, zone), each.status == "cancelled"
        )
        for each in coming
    )


def _day(each: rules.Proposed, card: BookingCard) -> SeriesDay:
    zone = ZoneInfo(card.time_zone)
    start = (each.session.start if each.session else each.usual).astimezone(zone)
    return SeriesDay(
        value=each.session.start.isoformat() if each.session else "",
        day=capfirst(day_words(start)),
        time=time_words(start),
        note=_note(each, card),
        is_different=each.kind != rules.SAME or each.other_clock,
    )


def _note(each: rules.Proposed, card: BookingCard) -> str:
    usual = time_words(each.usual.astimezone(ZoneInfo(card.time_zone)))
    notes = {
        rules.HOLIDAY: _("Left out: a public holiday (%(name)s).") % {"name": each.name},
        rules.TAKEN: _("Left out: nothing is free near your usual time."),
        rules.UNSURE: _("Left out: we can’t confirm license and network so far ahead. You can add it later."),
        rules.APART: _("Left out: your other session is on this day, and both on one day can’t be billed."),
        rules.MOVED: _("Another time: %(usual)s is taken.") % {"usual": usual},
        rules.CLOCKS: _("Later than usual: the clocks skip your usual time that night."),
    }
    clock = _("On your clock it is another time than the first, since the clocks change.")
    shifted = each.other_clock and each.kind in {rules.SAME, rules.CLOCKS}
    return " ".join(part for part in (notes.get(each.kind, ""), clock if shifted else "") if part)
