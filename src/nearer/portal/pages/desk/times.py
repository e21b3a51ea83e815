"""Days and times of the clock, as a therapist reads them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from nearer.foundation.timerange import TimeRange
from nearer.portal.rules.week import Span


def day_words(day: date) -> str:
    """Return weekday, month and day."""
    return capfirst(f"{formats.date_format(day, 'l')}, {formats.date_format(day, 'MONTH_DAY_FORMAT')}")


def time_words(moment: datetime, zone: str) -> str:
    """Return the time of an instant in a zone."""
    return formats.time_format(moment.astimezone(ZoneInfo(zone)), "TIME_FORMAT")


def when_words(session: TimeRange, zone: str) -> str:
    """Return day and time of a session, with its end."""
    day = day_words(session.start.astimezone(ZoneInfo(zone)).date())
    return f"{day}, {time_words(session.start, zone)} – {time_words(session.end, zone)}"


def date_words(day: date | None) -> str:
    """Return a day with its year; nothing for none."""
    return "" if day is None else formats.date_format(day, "DATE_FORMAT")


def span_words(spans: tuple[Span, ...]) -> str:
    """Return the hours of a day; for none, that it is a day off."""
    if not spans:
        return _("Day off")
    return ", ".join(f"{_minute(start)} – {_minute(end)}" for start, end in spans)


def _minute(minute: int) -> str:
    shown = datetime(2000, 1, 1, minute // 60 % 24, minute % 60)  # noqa: DTZ001 - a clock on a wall
    return formats.time_format(shown, "TIME_FORMAT")
