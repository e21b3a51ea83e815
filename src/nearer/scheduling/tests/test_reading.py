"""What a calendar kept elsewhere takes of a therapist's time."""

from __future__ import annotations

import pytest

from nearer.scheduling.calendars.reading import NoCalendar
from nearer.scheduling.calendars.reading.whole import read
from nearer.scheduling.tests.ics import CUSTOM_ZONE, YEAR, busy, calendar, event, reading, troubles

NINE = "DTSTART;TZID=America/New_York:20270301T090000"
TEN = "DTEND;TZID=America/New_York:20270301T100000"


def test_an_event_takes_its_time() -> None:
    assert busy(event(NINE, TEN)) == ["2027-03-01 14:00/15:00"]


def test_times_in_utc_and_without_a_zone_are_read_as_such() -> None:
    utc = event("DTSTART:20270301T090000Z", "DTEND:20270301T100000Z")
    floating = event("DTSTART:20270301T090000", "DTEND:20270301T100000", uid="2")
    assert busy(utc, floating) == ["2027-03-01 09:00/10:00", "2027-03-01 14:00/15:00"]
    assert busy(floating, time_zone="America/Los_Angeles") == ["2027-03-01 17:00/18:00"]


@pytest.mark.parametrize(
    "line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "transp:Transparent"]
)
def test_what_is_free_or_cancelled_takes_no_time(line: str) -> None:
    assert busy(event(NINE, TEN, line)) == []


@pytest.mark.parametrize("line", ["TRANSP:OPAQUE", "STATUS:TENTATIVE", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"])
def test_what_may_take_place_takes_time(line: str) -> None:
    assert busy(event(NINE, TEN, line)) == ["2027-03-01 14:00/15:00"]


def test_an_appointment_of_nearer_itself_does_not_stand_in_its_own_way() -> None:
    assert busy(event(NINE, TEN, uid="appointment-77@nearer")) == []
    assert busy(event(NINE, TEN, uid="appointment-x@nearer")) != []


def test_a_whole_day_is_the_therapists_own_day() -> None:
    day = event("DTSTART;VALUE=DATE:20270301")
    assert busy(day) == ["2027-03-01 05:00/05:00"]
    days = event("DTSTART;VALUE=DATE:20270313", "DTEND;VALUE=DATE:20270315")
    found = reading(days).busy
    assert [(end - start) / 60 for start, end in found] == [47]  # the clocks skip an hour on the second day


def test_a_point_in_time_takes_none() -> None:
    assert busy(event(NINE), event(NINE, NINE.replace("DTSTART", "DTEND"), uid="2")) == []


def test_times_that_overlap_or_meet_become_one() -> None:
    more = event(
        "DTSTART;TZID=America/New_York:20270301T093000", "DTEND;TZID=America/New_York:20270301T110000", uid="2"
    )
    assert busy(event(NINE, TEN), more) == ["2027-03-01 14:00/16:00"]


def test_the_window_cuts_what_reaches_out_of_it() -> None:
    assert busy(event("DTSTART:20261230T000000Z", "DTEND:20270101T010000Z")) == ["2027-01-01 00:00/01:00"]
    assert busy(event("DTSTART:20261230T000000Z", "DTEND:20261231T000000Z")) == []


@pytest.mark.parametrize(
    "tzid",
    [
        "America/New_York",
        "america/new_york",
        "Eastern Standard Time",
        "US/Eastern",
        "/example.org/2027/America/New_York",
    ],
)
def test_a_zone_is_known_by_any_of_its_names(tzid: str) -> None:
    assert busy(event(f'DTSTART;TZID="{tzid}":20270301T090000', "DURATION:PT1H")) == ["2027-03-01 14:00/15:00"]


def test_a_zone_that_the_calendar_defines_is_that_zone() -> None:
    winter, summer = (
        event(f"DTSTART;TZID=Customized Time Zone:{day}T090000", "DURATION:PT1H", uid=day)
        for day in ("20270301", "20270701")
    )
    assert busy(CUSTOM_ZONE, winter, summer) == ["2027-03-01 14:00/15:00", "2027-07-01 13:00/14:00"]


def test_a_defined_zone_sets_its_clocks_like_the_one_it_copies() -> None:
    rule = "RRULE:FREQ=DAILY;UNTIL=20271130T000000Z"
    for time in ("013000", "023000", "000000", "233000"):
        ours, theirs = (
            event(f"DTSTART;TZID={tzid}:20270301T{time}", "DURATION:PT45M", rule)
            for tzid in ("Customized Time Zone", "America/New_York")
        )
        assert busy(CUSTOM_ZONE, ours) == busy(theirs)


@pytest.mark.parametrize(
    "tzid", ["Customized Time Zone 1", "(UTC-05:00) Eastern Time (US & Canada)", "PST", "1", "tzone://Microsoft/Custom"]
)
def test_a_zone_that_nobody_knows_is_reported_and_never_guessed(tzid: str) -> None:
    unknown = event(f'DTSTART;TZID="{tzid}":20270301T090000', "DURATION:PT1H")
    again = event(f'DTSTART;TZID="{tzid}":20270501T090000', "DURATION:PT1H", uid="2")
    known = event("DTSTART:20270302T090000Z", "DURATION:PT1H", uid="3")
    found = reading(unknown, again, known)
    assert [(each.why, each.said, each.first, each.count) for each in found.troubles] == [
        ("zone", tzid, "2027-03-01 09:00", 2)
    ]
    assert len(found.busy) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ("RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "RRULE:FREQ=SECONDLY"),
        ("TZOFFSETTO:-0500", "TZOFFSETTO:soon"),
        ("TZOFFSETFROM:-0400", "X-NOTHING:1"),
    ],
)
def test_a_zone_whose_definition_is_none_is_reported(wrong: tuple[str, str]) -> None:
    zone = CUSTOM_ZONE.replace(*wrong)
    found = reading(zone, event("DTSTART;TZID=Customized Time Zone:20270301T090000", "DURATION:PT1H"))
    assert [each.why for each in found.troubles] == ["zone"]
    assert found.busy == ()


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["DTEND:20270301T090000Z"], "unreadable"),
        (["DTSTART:soon"], "unreadable"),
        (["DTSTART:20270231T090000Z"], "unreadable"),
        (["DTSTART:99991231T235959Z", "DURATION:P9W"], "unreadable"),
        (["DTSTART:20270301T090000Z", "DTEND:20270301T080000Z"], "ends_first"),
        (["DTSTART:20270301T090000Z", "DURATION:-PT1H"], "ends_first"),
        (["DTSTART:20270301T090000Z", "DURATION:an hour"], "unreadable"),
        (["DTSTART:20270301T090000Z", "DTEND;VALUE=DATE:20270302"], "unreadable"),
        (["DTSTART:20270301T090000Z", "DURATION:PT1H", "RRULE:FREQ=NEVER"], "rule"),
        (["DTSTART:20270301T090000Z", "DURATION:PT1H", "RRULE:nonsense"], "rule"),
        (["DTSTART:20270301T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=tomorrow"], "rule"),
        (["DTSTART:20270301T090000Z", "DURATION:PT1H", "EXRULE:FREQ=DAILY"], "rule"),
        (["DTSTART:20270301T090000Z", "DURATION:PT1H", "EXDATE:never"], "unreadable"),
    ],
)
def test_an_event_that_can_not_be_understood_is_reported_and_the_others_count(lines: list[str], why: str) -> None:
    found = reading(event(*lines), event(NINE, TEN, uid="2"))
    assert [each.why for each in found.troubles] == [why]
    assert len(found.busy) == 1


def test_no_more_kinds_of_trouble_are_told_than_one_reads() -> None:
    unknown = [event(f"DTSTART;TZID=Zone {n}:20270301T090000", uid=str(n)) for n in range(50)]
    found = troubles(*unknown)
    assert len(found) == 21
    assert found[-1] == ("others", "", "2027-03-01 09:00", 30)


def test_busy_times_that_are_published_as_such_count() -> None:
    published = """BEGIN:VFREEBUSY
FREEBUSY:20270301T090000Z/20270301T100000Z,20270302T090000Z/PT30M
FREEBUSY;FBTYPE=FREE:20270303T090000Z/PT1H
FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270304T090000Z/PT1H
END:VFREEBUSY"""
    assert busy(published) == ["2027-03-01 09:00/10:00", "2027-03-02 09:00/09:30", "2027-03-04 09:00/10:00"]


def test_lines_are_unfolded_and_any_line_end_will_do() -> None:
    folded = calendar(event("DTSTART;TZID=America\n /New_York:2027030\n\t1T090000", "DURATION:PT1H"))
    for text in (folded, folded.replace(b"\r\n", b"\n"), folded.replace(b"\r\n", b"\r"), b"\xef\xbb\xbf" + folded):
        assert len(read(text, window=YEAR, time_zone="UTC").busy) == 1


def test_what_an_alarm_says_is_not_the_events() -> None:
    alarm = "BEGIN:VALARM\nDURATION:PT9H\nTRIGGER:-PT5M\nEND:VALARM"
    assert busy(event(NINE, TEN, alarm)) == ["2027-03-01 14:00/15:00"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no_calendar"),
        (b"<!doctype html><title>Sign in</title>", "no_calendar"),
        (b"\x00\xff\xfe" * 100, "no_calendar"),
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "no_calendar"),
        (calendar(event(NINE, TEN))[:-30], "cut_short"),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "damaged"),
        (b"END:VCALENDAR\r\n", "damaged"),
        (b"BEGIN:VCALENDAR\r\n" * 1000, "too_much"),
        (calendar(*["BEGIN:VTODO\nEND:VTODO"] * 100_001), "too_much"),
        (calendar(event(NINE, TEN, "EXDATE:" + "2" * 200_000)), "too_much"),
    ],
)
def test_what_is_no_calendar_is_refused_as_a_whole(data: bytes, why: str) -> None:
    with pytest.raises(NoCalendar) as error:
        read(data, window=YEAR, time_zone="UTC")
    assert error.value.why == why


def test_an_empty_calendar_takes_no_time() -> None:
    assert reading().busy == ()
