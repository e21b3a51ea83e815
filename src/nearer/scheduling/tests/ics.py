"""Small calendars of our own to read, and short words for them."""

from __future__ import annotations

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.calendars.reading.whole import read
from nearer.scheduling.rules.busy import Reading
from nearer.scheduling.rules.zones import instant
from nearer.scheduling.tests.builders import at

NEW_YORK = "America/New_York"
#: Both nights on which New York sets its clocks in 2027: 14 March and 7 November.
YEAR = TimeRange(at("2027-01-01 00:00"), at("2028-01-01 00:00"))

#: As Outlook writes the eastern zone under a name of its own.
CUSTOM_ZONE = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def calendar(*parts: str) -> bytes:
    """Return a calendar file of these components."""
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *parts, "END:VCALENDAR", ""])
    return text.replace("\n", "\r\n").encode()


def event(*lines: str, uid: str = "1") -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Something private", *lines, "END:VEVENT"])


def reading(*parts: str, window: TimeRange = YEAR, time_zone: str = NEW_YORK) -> Reading:
    return read(calendar(*parts), window=window, time_zone=time_zone)


def busy(*parts: str, window: TimeRange = YEAR, time_zone: str = NEW_YORK) -> list[str]:
    """Return the busy times as text, and insist that nothing was left out: `2027-03-14 06:30/08:00`."""
    found = reading(*parts, window=window, time_zone=time_zone)
    assert found.troubles == ()
    return [f"{instant(start):%Y-%m-%d %H:%M}/{instant(end):%H:%M}" for start, end in found.busy]


def troubles(*parts: str) -> list[tuple[str, str, str, int]]:
    return [(each.why, each.said, each.first, each.count) for each in reading(*parts).troubles]
