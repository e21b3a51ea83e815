"""What differs from the week, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nearer.portal.pages.desk.times import date_words, day_words, span_words
from nearer.scheduling.api import AppointmentCard, DiaryView, Spans


@dataclass(frozen=True, slots=True)
class Run:
    """Days after each other that are alike."""

    first: str
    last: str
    days: str
    hours: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class DaysPage:
    """What is ahead."""

    has_diary: bool
    runs: tuple[Run, ...]
    paused_until: str


def days_page(held: DiaryView | None, today: date) -> DaysPage:
    """Return the days ahead that differ, those alike after each other as one."""
    if held is None:
        return DaysPage(has_diary=False, runs=(), paused_until="")
    ahead = {day: spans for day, spans in held.days.items() if day >= today}
    until = held.settings.paused_until if held.is_paused else None
    return DaysPage(has_diary=True, runs=tuple(_runs(ahead)), paused_until=date_words(until))


def booked_words(booked: Sequence[AppointmentCard]) -> str:
    """Return how many sessions stand on days that were just taken off; nothing for none."""
    if not booked:
        return ""
    return ngettext(
        "%(count)d session is booked in that time and stays. Cancel it or ask for another time on its page.",
        "%(count)d sessions are booked in that time and stay. Cancel them or ask for other times on their pages.",
        len(booked),
    ) % {"count": len(booked)}


def _runs(days: dict[date, Spans]) -> Iterator[Run]:
    first: date | None = None
    last: date | None = None
    for day, spans in sorted(days.items()):
        if first is not None and last is not None and day == last + timedelta(days=1) and days[first] == spans:
            last = day
            continue
        if first is not None and last is not None:
            yield _run(first, last, days[first])
        first = last = day
    if first is not None and last is not None:
        yield _run(first, last, days[first])


def _run(first: date, last: date, spans: Spans) -> Run:
    words = {"first": day_words(first), "last": day_words(last)}
    days = words["first"] if first == last else _("%(first)s to %(last)s") % words
    return Run(first.isoformat(), last.isoformat(), days, span_words(spans), not spans)
