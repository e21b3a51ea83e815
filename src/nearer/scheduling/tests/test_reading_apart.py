"""A calendar is read in a process of its own, whose time and memory end before the worker's do."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from nearer.scheduling.calendars.reading import NoCalendar, apart, read_apart
from nearer.scheduling.calendars.reading.whole import read
from nearer.scheduling.tests.ics import NEW_YORK, YEAR, calendar, event

GOOD = event("DTSTART:20270301T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3", uid="good")
UNKNOWN = event("DTSTART;TZID=Nowhere:20270301T090000", "DURATION:PT1H", uid="unknown")
#: Real exports, kept beside the project.
SHARED = Path(__file__).resolve().parents[5] / "shared/data/ics"


def test_it_reads_what_would_be_read_here() -> None:
    data = calendar(GOOD, UNKNOWN)
    found = read_apart(data, window=YEAR, time_zone=NEW_YORK)
    assert found == read(data, window=YEAR, time_zone=NEW_YORK)
    assert len(found.busy) == 3
    assert [each.why for each in found.troubles] == ["zone"]


def test_what_is_no_calendar_is_none_there_either() -> None:
    with pytest.raises(NoCalendar, match="cut_short"):
        read_apart(b"BEGIN:VCALENDAR", window=YEAR, time_zone=NEW_YORK)


@pytest.mark.skipif(sys.platform == "win32", reason="no signals to stop a series by")
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4;BYSECOND=1,2,3,4,5,6;BYMONTHDAY=1,2,3,4,5,6,7,8,9",
    ],
)
def test_a_rule_made_to_exhaust_us_costs_its_own_event_and_no_other(rule: str) -> None:
    bomb = event("DTSTART:16010101T000000Z", "DURATION:PT1S", f"RRULE:{rule}", uid="bomb")
    started = time.monotonic()
    found = read_apart(calendar(bomb, GOOD), window=YEAR, time_zone=NEW_YORK)
    assert len(found.busy) == 3
    assert {each.why for each in found.troubles} <= {"too_many", "rule"}
    assert time.monotonic() - started < 20


def test_a_calendar_that_takes_too_long_altogether_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LONGEST", 0.01)
    with pytest.raises(NoCalendar, match="too_much"):
        read_apart(calendar(GOOD), window=YEAR, time_zone=NEW_YORK)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded where the system can")
def test_a_calendar_that_takes_too_much_memory_is_given_up() -> None:
    with pytest.raises(NoCalendar, match="too_much"):
        read_apart(b"BEGIN:VCALENDAR\n" + b" \n" * 60_000_000, window=YEAR, time_zone=NEW_YORK)


def test_nothing_worth_stealing_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is told neither where the database is nor where the keys are."""
    told: dict[str, dict[str, str]] = {}

    def spy(*_: object, env: dict[str, str], **__: object) -> None:
        told["env"] = env
        raise NoCalendar("too_much")

    monkeypatch.setattr("subprocess.run", spy)
    with pytest.raises(NoCalendar):
        read_apart(b"", window=YEAR, time_zone=NEW_YORK)
    assert os.environ["DATABASE_URL"]
    assert told["env"].keys() == {"PYTHONPATH", "PYTHONUTF8"}


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.exists(), reason="the real files are not here")
def test_every_real_export_is_read_or_refused_in_one_word() -> None:
    files = sorted(SHARED.rglob("*.ics"))
    counts = {"read": 0, "refused": 0}
    for file in files:
        try:
            found = read(file.read_bytes(), window=YEAR, time_zone=NEW_YORK)
        except NoCalendar:
            counts["refused"] += 1
        else:
            assert {each.why for each in found.troubles} <= WORDS, file.name
            assert all(start < end for start, end in found.busy)
            counts["read"] += 1
    assert counts["read"] > len(files) / 2
    # Most of those refused are a lone event, put there to test a parser; every whole calendar is read but broken ones.
    whole = [file for file in files if b"END:VCALENDAR\n" in file.read_bytes().replace(b"\r", b"") + b"\n"]
    assert counts["read"] >= 0.95 * len([file for file in whole if b"BEGIN:VEVENT" in file.read_bytes()])


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.exists(), reason="the real files are not here")
def test_no_zone_of_a_real_export_is_guessed() -> None:
    said = set()
    for file in sorted(SHARED.rglob("*.ics")):
        try:
            found = read(file.read_bytes(), window=YEAR, time_zone=NEW_YORK)
        except NoCalendar:
            continue
        said |= {each.said for each in found.troubles if each.why == "zone"}
    assert {"Western/Central Europe", "CUSTOM_tzid"} <= said


WORDS = {"zone", "rule", "unreadable", "ends_first", "too_many", "others"}
